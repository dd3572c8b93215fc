"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0) over SHA-256 or SM3: roots, proofs, and their verification.

Pure functions over bytes, without recursion. A leaf hashes as H(0x00 ‖ data), a node as H(0x01 ‖ left ‖ right) (RFC 9162
§2.1.1). The verifiers follow §2.1.3.2 and §2.1.4.2 and refuse every proof that is not exactly of the form required: numbers out
of range, hashes of another length, a hash too few or too many. A consistency proof from size 0 says nothing and is refused.

    >>> leaves = [b"a", b"b", b"c"]
    >>> proof = inclusion_proof(leaves, 2)
    >>> verify_inclusion(leaf_hash(b"c"), 2, 3, proof, root(leaves))
    True
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives import hashes

Digest = Callable[[bytes], bytes]
"""From bytes to their digest, always of one length."""

Hash = str | Digest
"""`sha256`, `sm3`, or a function of one's own."""

_MOST = 2**64


def _sm3(data: bytes) -> bytes:
    found = hashes.Hash(hashes.SM3())
    found.update(data)
    return found.finalize()


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


_DIGESTS: dict[str, Digest] = {"sha256": _sha256, "sm3": _sm3}


def digest_of(hash: Hash) -> Digest:  # the field's own word
    """The function of a name; written in any case, with or without a hyphen.

    Raises:
        ValueError: no hash of this name.
    """
    if not isinstance(hash, str):
        return hash
    found = _DIGESTS.get(hash.lower().replace("-", "").replace("_", ""))
    if found is None:
        raise ValueError(f"没有叫“{hash}”的杂凑算法;应为 sha256 或 sm3。")
    return found


def leaf_hash(data: bytes, hash: Hash = "sha256") -> bytes:
    """The hash of a leaf."""
    return digest_of(hash)(b"\x00" + data)


def node_hash(left: bytes, right: bytes, hash: Hash = "sha256") -> bytes:
    """The hash of a node over its two children."""
    return digest_of(hash)(b"\x01" + left + right)


def root(leaves: Sequence[bytes], hash: Hash = "sha256") -> bytes:
    """The root over the data of all leaves; over none, the hash of nothing (§2.1.1)."""
    digest = digest_of(hash)
    return root_of([digest(b"\x00" + data) for data in leaves], digest)


def root_of(leaf_hashes: Sequence[bytes], hash: Hash = "sha256") -> bytes:
    """The root over leaves that are hashed already."""
    digest = digest_of(hash)
    return _root(leaf_hashes, digest) if leaf_hashes else digest(b"")


def _root(level: Sequence[bytes], digest: Digest) -> bytes:
    # Joined pair by pair from the left, the odd one passed on: the same tree as splitting at the largest power of two.
    while len(level) > 1:
        above = [digest(b"\x01" + level[at] + level[at + 1]) for at in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int, hash: Hash = "sha256") -> list[bytes]:
    """The hashes that lead from a leaf to the root over all leaves (§2.1.3.1).

    Raises:
        ValueError: there is no such leaf.
    """
    size = len(leaves)
    if not 0 <= index < size:
        raise ValueError(f"共{size}条,没有第{index}条(从0数)。")
    digest = digest_of(hash)
    hashed = [digest(b"\x00" + data) for data in leaves]
    found: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            found.append(_root(hashed[middle:end], digest))
            end = middle
        else:
            found.append(_root(hashed[start:middle], digest))
            start = middle
    return found[::-1]


def consistency_proof(leaves: Sequence[bytes], size: int, hash: Hash = "sha256") -> list[bytes]:
    """The hashes that show the tree of the first `size` leaves to be a beginning of the tree of all (§2.1.4.1).

    Raises:
        ValueError: there are not so many leaves, or none was asked for.
    """
    if not 0 < size <= len(leaves):
        raise ValueError(f"共{len(leaves)}条,不能证明与前{size}条一致。")
    digest = digest_of(hash)
    hashed = [digest(b"\x00" + data) for data in leaves]
    found: list[bytes] = []
    start, end, whole = 0, len(leaves), True
    while size != end - start:
        split = _split(end - start)
        if size <= split:
            found.append(_root(hashed[start + split : end], digest))
            end = start + split
        else:
            found.append(_root(hashed[start : start + split], digest))
            start += split
            size -= split
            whole = False
    if not whole:
        found.append(_root(hashed[start:end], digest))
    return found[::-1]


def _split(size: int) -> int:
    """The largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def verify_inclusion(
    leaf_hash: bytes,
    index: int,
    size: int,
    proof: Sequence[bytes] | None,
    root: bytes,
    hash: Hash = "sha256",
) -> bool:
    """Whether a leaf stands at an index of the tree of a size with this root (§2.1.3.2). Never raises for bad proofs."""
    digest = digest_of(hash)
    if not (_number(index) and _number(size) and index < size):
        return False
    steps = _listed(proof)
    if not _hashes(digest, leaf_hash, root, *steps):
        return False
    place, last, found = index, size - 1, leaf_hash
    for step in steps:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = digest(b"\x01" + step + found)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            found = digest(b"\x01" + found + step)
        place >>= 1
        last >>= 1
    return last == 0 and found == root


def verify_consistency(
    size1: int,
    size2: int,
    root1: bytes,
    root2: bytes,
    proof: Sequence[bytes] | None,
    hash: Hash = "sha256",
) -> bool:
    """Whether the tree of size1 is a beginning of the tree of size2 (§2.1.4.2). Never raises for bad proofs."""
    digest = digest_of(hash)
    if not (_number(size1) and _number(size2) and 0 < size1 <= size2):
        return False
    steps = _listed(proof)
    if size1 == size2:
        # Nothing is reckoned: two heads of one size agree when they are the same.
        return not steps and isinstance(root1, bytes) and root1 != b"" and root1 == root2
    if not steps or not _hashes(digest, root1, root2, *steps):
        return False
    if not size1 & (size1 - 1):
        steps.insert(0, root1)
    place, last = size1 - 1, size2 - 1
    while place & 1:
        place >>= 1
        last >>= 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first = digest(b"\x01" + step + first)
            second = digest(b"\x01" + step + second)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            second = digest(b"\x01" + second + step)
        place >>= 1
        last >>= 1
    return last == 0 and first == root1 and second == root2


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST


def _listed(proof: Sequence[bytes] | None) -> list[bytes]:
    """The hashes of a proof; none at all is an empty proof, as the published vectors write it."""
    return [] if proof is None else list(proof)


def _hashes(digest: Digest, *values: object) -> bool:
    length = len(digest(b""))
    return all(isinstance(value, bytes) and len(value) == length for value in values)
