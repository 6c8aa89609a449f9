"""How Sphinx makes the site. It asks neither the clock nor the network."""

from urllib.parse import unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from insatskoll import __version__

project = "insatskoll"
version = release = __version__
language = "sv"

extensions = ["myst_parser"]
root_doc = "index"
exclude_patterns = ["docs/README.md"]  # the first page is made of it
myst_heading_anchors = 6

smartquotes = False  # two dashes before an option stay two

html_theme = "furo"
html_title = f"insatskoll {__version__}"
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False


class ReadableImages(SphinxTransform):
    """Images are looked for under the names that they have: MyST quotes their letters."""

    default_priority = 210  # before they are looked for

    def apply(self, **_: object) -> None:
        """Unquotes the name of each."""
        for image in self.document.findall(nodes.image):
            image["uri"] = unquote(image["uri"])


def setup(app: Sphinx) -> None:
    """Adds what is ours."""
    app.add_transform(ReadableImages)
