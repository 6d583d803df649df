"""What an image makes that a Dockerfile builds on a server's: accounts of the variables of its last stage.

The variables are those that the image has of itself; whoever runs it may give others. Only an image whose entry point
is known makes accounts here: of any other, and of a stage with an entry point of its own, what may be made is counted.
"""

from grantlint.model import Declarations, NotChecked, ServerFacts
from grantlint.model.location import Source
from grantlint.reader.images.accounts import Accounts
from grantlint.reader.images.command import runs_entry_point
from grantlint.reader.images.environment import Environment
from grantlint.reader.images.references import own_settings, recognised
from grantlint.reader.images.stages import brings_its_start, stage_of


def built(source: Source) -> Declarations | None:
    """Return what the image of a Dockerfile declares.

    None where its image is not known, or what it starts with.
    """
    stage = stage_of(source)
    if stage is None or brings_its_start(stage):
        return None
    if not runs_entry_point(stage.starts.get("ENTRYPOINT", ""), stage.starts.get("CMD", "")):
        return None
    image, product, _ = recognised(stage.image, stage.written)
    if image is None:
        return None
    found = Declarations("other", source.path, unit=f"dockerfile:{source.path}")
    accounts = Accounts(image, Environment(stage.variables, ""), stage.image.span)
    accounts.put_into(found)
    settings = own_settings(image, [copy.inside for copy in stage.copies], stage.image.span)
    found.server = ServerFacts(stage.image.span, product=product, settings=settings)
    if "CMD" in stage.starts:
        found.not_checked.append(NotChecked("settings", "the image starts with options of its own", stage.image.span))
    return found if found.accounts else None
