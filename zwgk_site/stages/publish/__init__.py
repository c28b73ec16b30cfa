"""The publish stage: staged files become the served site, whole or not at all, and can be taken back.

Workers call `stage_file` and `stage_copy`; their parent opens the output and applies one `ChangeSet`. Knows nothing of
pages: only URLs and bytes.
"""

from zwgk_site.model.release import RELEASE_URL, ChangeSet, FileRecord, ReleaseRecord
from zwgk_site.stages.publish.apply import apply_changes, recover
from zwgk_site.stages.publish.folder import OutputFolder
from zwgk_site.stages.publish.machine import MachineError, machine_faults
from zwgk_site.stages.publish.manifest import (
    SITE_MANIFEST_URL,
    department_manifest,
    department_manifest_url,
    parse_departments,
    parse_manifest,
    site_manifest,
    verify_output,
)
from zwgk_site.stages.publish.output import open_output, read_only_output
from zwgk_site.stages.publish.rollback import list_releases, reachable_releases, release_reader, roll_back
from zwgk_site.stages.publish.stage import check_url, stage_copy, stage_file
from zwgk_site.stages.publish.tree import forget_tree, record_tree, touched_folders

__all__ = [
    "RELEASE_URL",
    "SITE_MANIFEST_URL",
    "ChangeSet",
    "FileRecord",
    "MachineError",
    "OutputFolder",
    "ReleaseRecord",
    "apply_changes",
    "check_url",
    "department_manifest",
    "department_manifest_url",
    "forget_tree",
    "list_releases",
    "machine_faults",
    "open_output",
    "parse_departments",
    "parse_manifest",
    "reachable_releases",
    "read_only_output",
    "record_tree",
    "recover",
    "release_reader",
    "roll_back",
    "site_manifest",
    "stage_copy",
    "stage_file",
    "touched_folders",
    "verify_output",
]
