"""Addresses without what is secret in them, for logs, messages, the ledger and whatever else people see."""

from __future__ import annotations

import re

# ://user:password@
_PASSWORD = re.compile(r"(://[^:/@\s]{0,200}):[^@\s]{0,500}@")
# ?X-Amz-Signature=…   &sig=…   &access_token=…
_SIGNATURE = re.compile(
    r"([?&](?:X-(?:Amz|Goog|Oss)-[\w-]{1,40}|sig|signature|AWSAccessKeyId|GoogleAccessId|Expires|token|(?:access|api)_?(?:token|key)))"
    r"=[^&#\s]{1,4000}",
    re.I,
)


def hidden(text: str) -> str:
    """The text without the passwords and signatures of addresses in it.

    >>> hidden("sftp://me:secret@host/a.warc.gz and https://host/b?sig=1234")
    'sftp://me:***@host/a.warc.gz and https://host/b?sig=***'
    """
    return _SIGNATURE.sub(r"\1=***", _PASSWORD.sub(r"\1:***@", text))
