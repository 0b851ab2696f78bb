"""The form that is measured works, and the figures are there; how large they are is nobody's test."""

from bot.bench import forms


def test_a_small_round_has_all_figures() -> None:
    figures = forms.run(45, with_peers=False, repeat=1, node_modules=None)
    assert figures["ours"]["answers"] == 45
    assert figures["ours"]["refused"] == 0
    assert {"load_ms", "mean_ms", "p95_ms", "resume_and_next_ms"} <= set(figures["ours"])
    assert {"questions_8", "questions_45", "long_is_times_short"} == set(figures["turns"])
    assert figures["turns"]["questions_45"]["turns"] > 45, "every question was answered in a turn of its own"
