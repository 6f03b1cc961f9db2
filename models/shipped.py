"""Engine "shipped": the weights in models/weights/, in a cascade that pays only where it counts.

1. Tokens of every text once; the gate (models/gate.py) turns away texts that carry no label.
2. One pass of the body over each remaining text gives all shipped labels (models/heads.py).
3. A label of the operator's own: the likeness picks the pairs of text and hypothesis that may
   hold, and only those go through the entailment head together.

Scores of shipped labels are probabilities (models/calibration.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.calibration import Calibration, load_calibration
from models.gate import Gate, load_gate
from models.heads import Heads, load_heads, pool
from models.label_set import LabelSet, LabelText, load_label_set
from models.labels import SHIPPED_LABELS
from models.lanes import Lanes, default_threads
from models.nli import PairScorer
from models.precision import PrecisionChoice, WantedPrecision
from models.scoring import Scores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("weights")
MODEL_ID = "truceline-minilm"
#: Tokens per text. News sentences have 20 to 60; what lies beyond is cut off.
MAX_TOKENS = 128
#: So many words of an own label's hypotheses must stand in a text that the gate turned away.
OPENING_WORDS = 2
_PROBE = ["The two sides exchanged fire along the line of contact until late in the evening."] * 8


class Body:
    """The transformer body: pooled states of texts, in batches side by side."""

    def __init__(self, model: Any, tokenizer: Any, batch_size: int, threads: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._batch_size = batch_size
        self._lanes = Lanes(threads)

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text."""
        encoded = self._tokenizer(list(texts), truncation=True, max_length=MAX_TOKENS)
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def pooled(self, token_ids: Sequence[Sequence[int]]) -> Floats:
        """Return one row per text, in order."""
        import numpy as np

        if not token_ids:
            return np.zeros((0, 3 * self._model.config.hidden_size), dtype=np.float32)
        rows = self._lanes.batched(
            [len(ids) for ids in token_ids],
            self._batch_size,
            lambda batch: list(
                pooled_states(self._model, self._tokenizer, [token_ids[i] for i in batch])
            ),
        )
        return np.stack(rows)


def pooled_states(model: Any, tokenizer: Any, token_ids: Sequence[Sequence[int]]) -> Floats:
    """Return the pooled last layer of one batch."""
    import torch

    padded = tokenizer.pad({"input_ids": list(token_ids)}, return_tensors="pt")
    mask = padded["attention_mask"]
    with torch.inference_mode():
        hidden = model.bert(input_ids=padded["input_ids"], attention_mask=mask).last_hidden_state
        rows: Floats = pool(hidden, mask).float().numpy()
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLabel:
    """A label of the operator's own, with its statements encoded once."""

    label: LabelText
    sides: Floats  #: statement side of each hypothesis
    words: frozenset[int]  #: tokens of its hypotheses that few texts have


class ShippedEngine:
    """Scores texts by the cascade."""

    def __init__(
        self,
        body: Body,
        pairs: PairScorer,
        heads: Heads,
        gate: Gate,
        calibration: Calibration,
        label_set: LabelSet,
    ) -> None:
        self._body, self._pairs = body, pairs
        self._heads, self._gate, self._calibration = heads, gate, calibration
        self._label_set = label_set
        self._common = frozenset(body.tokens([_COMMON])[0])
        shipped = {label.name: label.digest for label in load_label_set().labels}
        # A shipped label whose texts the operator changed is judged like one of his own.
        self._own = [
            self._prepare(label)
            for label in label_set.labels
            if shipped.get(label.name) != label.digest
        ]

    @property
    def thresholds(self) -> dict[str, float]:
        """Probability from which each shipped label applies."""
        return {label: scale.threshold for label, scale in self._calibration.scales.items()}

    def score(self, texts: Sequence[str]) -> list[Scores]:
        """Return the scores of each text, in order."""
        if not texts:
            return []
        ids = self._body.tokens(texts)
        passed = self._gate.log_odds(ids) >= self._calibration.gate_cut
        kept = [i for i in range(len(texts)) if passed[i] or self._names_own(ids[i])]
        pooled = self._body.pooled([ids[i] for i in kept])
        logits = self._heads.label_logits(pooled)
        scores = [dict.fromkeys(self._label_set.names, self._calibration.gated_score) for _ in ids]
        for i, row in zip(kept, logits, strict=True):
            for label, value in zip(SHIPPED_LABELS, row, strict=True):
                scores[i][label] = self._calibration.scales[label].probability(float(value))
        sides = self._heads.text_side(pooled) if self._own else pooled
        for own in self._own:
            for i, value in self._own_scores(own, kept, texts, sides).items():
                scores[i][own.label.name] = value
        return scores

    def _names_own(self, token_ids: Sequence[int]) -> bool:
        """The gate knows the shipped labels only; words of an own hypothesis open it, too."""
        return any(
            len(own.words.intersection(token_ids)) >= min(OPENING_WORDS, len(own.words))
            for own in self._own
        )

    def _prepare(self, label: LabelText) -> OwnLabel:
        ids = self._body.tokens(label.hypotheses)
        return OwnLabel(
            label=label,
            sides=self._heads.statement_side(self._body.pooled(ids)),
            words=frozenset(t for row in ids for t in row) - self._common,
        )

    def _own_scores(
        self, own: OwnLabel, kept: Sequence[int], texts: Sequence[str], sides: Floats
    ) -> Mapping[int, float]:
        likeness = self._heads.likeness(sides, own.sides)
        likely = [
            i
            for i, row in zip(kept, likeness, strict=True)
            if row.max() >= self._calibration.likeness_cut
        ]
        return judge_label(self._pairs, own.label, likely, texts)


def judge_label(
    pairs: PairScorer, label: LabelText, chosen: Sequence[int], texts: Sequence[str]
) -> dict[int, float]:
    """Return the score of a label for the chosen texts: best hypothesis, less its look-alikes."""
    statements = (*label.hypotheses, *label.contrasts)
    asked = [(texts[i], statement) for i in chosen for statement in statements]
    chances = iter(pairs.entailment(asked))
    found = {}
    for i in chosen:
        holds = max(next(chances) for _ in label.hypotheses)
        alike = max((next(chances) for _ in label.contrasts), default=0.0)
        found[i] = holds * (1 - alike)
    return found


def load_shipped(
    label_set: LabelSet,
    *,
    folder: Path = WEIGHTS,
    precision: WantedPrecision = "auto",
    batch_size: int = 32,
    threads: int | None = None,
    on_progress: Callable[[str], None] = lambda stage: None,
) -> tuple[ShippedEngine, PrecisionChoice]:
    """Load the shipped weights; never touches the network.

    Raises:
        ModelError: a file is missing, or the calibration belongs to other weights.
    """
    on_progress("checking the shipped weights")
    calibration = load_calibration(folder)
    heads, gate = load_heads(folder), load_gate(folder)
    on_progress("loading the model")
    from models.loading import in_precision, load_local

    model, tokenizer = load_local(str(folder), head="classifier")
    on_progress("choosing the precision")
    probe = tokenizer(_PROBE)["input_ids"]
    model, choice = in_precision(model, precision, lambda m: pooled_states(m, tokenizer, probe))
    lanes = threads or default_threads()
    body = Body(model, tokenizer, batch_size, lanes)
    pairs = PairScorer(model, tokenizer, choice, batch_size, lanes)
    return ShippedEngine(body, pairs, heads, gate, calibration, label_set), choice


#: Words too common to say that a text is about an own label.
_COMMON = (
    "a an the of in on at by for to from with without and or not no is are was were be been being "
    "has have had do does did will would can could may might must shall should this that these "
    "those there here it its he she they them their his her him we our you your i who whom whose "
    "which what when where why how all any some someone somebody something nothing one two other "
    "others more most than then so as if but into over under after before between about against "
    "during through up down out off again very own same said says say people country countries "
    "group side sides party parties place part parts new between , . : ; ' - ? !"
)
