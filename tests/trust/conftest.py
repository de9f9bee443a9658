"""Keys, made once: nobody writes them."""

import pytest

from tests.trust.signing import Keys, make_keys


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Keys of Nia, Sam and Eve."""
    return make_keys(tmp_path_factory.mktemp("keys"))
