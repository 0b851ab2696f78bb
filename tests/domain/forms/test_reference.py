"""The states of our engine's nodes are those of @getodk/xforms-engine. A sample here; the whole: reference.py."""

import pytest

from tests.domain.forms import reference

pytestmark = pytest.mark.skipif(not reference.CHECKS.exists(), reason="the folder of shared checks is not here")
LONG = "smoketests/child-vaccination.test.ts"


def test_the_scenarios_of_javarosa_have_the_same_states() -> None:
    whole = reference.Score()
    for group in reference.scenarios()[::5]:
        score = reference.play(group[:12], reference.phoenix())
        whole.states, whole.equal = whole.states + score.states, whole.equal + score.equal
    assert whole.rate >= 0.95


@pytest.mark.parametrize(
    "name", ["pyxform__widgets", "liberiaS3Mforms__liberiaStdForm", "web-forms__socio", "web-forms__all"]
)
def test_public_forms_have_the_same_states(name: str) -> None:
    file, trace = next((file, trace) for stem, file, trace in reference.forms() if stem.startswith(name))
    score = reference.play(reference.lines(trace, 12), reference.greenwich(), reference.load(file))
    assert score.rate >= 0.99, score.unlike[:5]
