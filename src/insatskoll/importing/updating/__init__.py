"""Brings a revised document into a catalogue that there is already.

The document is compared with what the catalogue itself prints, read in the same way. Where their
words differ the field is changed, and nowhere else: what people have written in the files, their
comments too, stays. A field that holds something else than what is printed of it is never written
over; the official is asked.
"""
