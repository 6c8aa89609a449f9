"""What is made from templates: a municipality, an insats, a rule, and what editors and forges need
to know of them."""
