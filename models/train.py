"""Trains the shipped weights, stage by stage: `python -m models.train STAGE [options]`.

    python -m models.train general --data ../shared/data --out training
    python -m models.train domain  --data ../shared/data --out training
    python -m models.train polish  --data ../shared/data --out training
    python -m models.train refine  --data ../shared/data --out training
    python -m models.train finish  --data ../shared/data --out training
    python -m models.train export  --data ../shared/data --out training
    python -m models.train steps   --data ../shared/data --out training

`general` teaches entailment, `domain` the news labels and their statements on top, `polish` the
labels above all, `refine` and `finish` go on with all of it. (Of the shipped weights, `domain` and
`polish` saw the first 6,100 sentences of the corpus, `refine` 10,200, `finish` the whole; only
`finish` had the encoder to imitate.) `export` writes models/weights/
with hashes and calibrates them; `steps` trains the branch that reads steps on top of them;
`calibrate` alone fits scales and thresholds anew. Each stage goes
on from its last checkpoint when it is started again, takes a GPU when there is one, and logs its
metrics to OUT/STAGE/metrics.jsonl. The data folder is described in models/corpus/README.md;
without it only the authored corpus is used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from models.training.export import calibrate, export_weights
from models.training.general import DEV_FILES, TRAIN_FILES, read_pairs
from models.training.judging import figures_of, label_scores, pair_accuracy
from models.training.loop import Plan, Trainer
from models.training.network import new_network
from models.training.sets import dev_sets, train_sentences
from models.training.statements import domain_pairs, known_steps
from models.training.step_fit import EPOCHS as STEP_EPOCHS
from models.training.step_fit import fit_steps
from models.weights import encoder_folder

SEED = 20261125
GENERAL = Plan(epochs=1.0, batch=64, pair_batch=64, rate=1.2e-4, seed=SEED)
DOMAIN = Plan(epochs=4.0, batch=48, pair_batch=24, rate=1e-4, seed=SEED)
POLISH = Plan(epochs=6.0, batch=48, pair_batch=24, rate=1.2e-4, pairs_every=4, seed=SEED + 2)
REFINE = Plan(epochs=5.0, batch=48, pair_batch=24, rate=1e-4, pairs_every=4, seed=SEED + 3)
FINISH = Plan(epochs=2.5, batch=48, pair_batch=24, rate=8e-5, pairs_every=2, seed=SEED + 4)
#: At most this many pairs of each general file: half an hour on two cores.
GENERAL_PAIRS = 44_000
#: General pairs that go on in the domain stage, so that what was learnt first is not lost.
REPLAY = 6_000
PAIRS_EACH = 2


def main(arguments: Sequence[str]) -> int:
    """Run one stage."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "stage",
        choices=(
            "general",
            "domain",
            "polish",
            "refine",
            "finish",
            "export",
            "steps",
            "calibrate",
        ),
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("training"))
    parser.add_argument("--epochs", type=float, help="override the plan, for a trial")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    if options.stage == "export":
        return export_weights(options.data, options.out)
    if options.stage == "steps":
        return fit_steps(options.data, options.epochs or STEP_EPOCHS) or calibrate(options.data)
    if options.stage == "calibrate":
        return calibrate(options.data)
    stage: Callable[[argparse.Namespace], None] = {
        "general": general,
        "domain": domain,
        "polish": polish,
        "refine": refine,
        "finish": finish,
    }[options.stage]
    try:
        stage(options)
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the same command goes on from the last checkpoint\n")
        return 130
    return 0


def general(options: argparse.Namespace) -> None:
    """Teach entailment."""
    pairs = read_pairs(options.data / "nli", TRAIN_FILES, GENERAL_PAIRS, SEED)
    dev = read_pairs(options.data / "nli", DEV_FILES, 800, SEED)
    network, tokenizer = new_network(encoder_folder(), ())
    trainer = Trainer(network, tokenizer, _plan(GENERAL, options), options.out / "general")
    trainer.resume()
    trainer.run(pairs, [], lambda: {"pair_accuracy": pair_accuracy(trainer, dev)}, evaluations=2)
    trainer.save_model()


def domain(options: argparse.Namespace) -> None:
    """Teach the news labels, and the statements of the labels as hypotheses."""
    start = options.out / "general" / "model"
    network, tokenizer = new_network(start if start.is_dir() else encoder_folder(), known_steps())
    _teach_labels(
        Trainer(network, tokenizer, _plan(DOMAIN, options), options.out / "domain"), options
    )


def polish(options: argparse.Namespace) -> None:
    """Go on with the labels, with pairs now and then so that entailment is not lost."""
    _go_on(options, "domain", "polish", POLISH)


def refine(options: argparse.Namespace) -> None:
    """Go on once more, after the corpus has grown."""
    _go_on(options, "polish", "refine", REFINE)


def finish(options: argparse.Namespace) -> None:
    """Go on with sentences of several labels, and teach the meaning head."""
    _go_on(options, "refine", "finish", FINISH)


def _go_on(options: argparse.Namespace, before: str, stage: str, plan: Plan) -> None:
    start = options.out / before
    network, tokenizer = new_network(start / "model", known_steps())
    state = torch.load(start / "checkpoint.pt", weights_only=True, map_location="cpu")["network"]
    fitting = {
        name: tensor
        for name, tensor in state.items()
        if name in (own := network.state_dict()) and own[name].shape == tensor.shape
    }
    # A head that the checkpoint lacks, or that has other steps by now, starts anew.
    network.load_state_dict(fitting, strict=False)
    _teach_labels(Trainer(network, tokenizer, _plan(plan, options), options.out / stage), options)


def _teach_labels(trainer: Trainer, options: argparse.Namespace) -> None:
    sentences, dev = train_sentences(options.data), dev_sets(options.data)
    pairs = domain_pairs(sentences, PAIRS_EACH, SEED)
    if (options.data / "nli").is_dir():
        pairs += read_pairs(options.data / "nli", TRAIN_FILES, REPLAY // 2, SEED + 1)
    dev_pairs = domain_pairs(dev.authored, PAIRS_EACH, SEED)
    trainer.resume()

    def evaluate() -> dict[str, Any]:
        found: dict[str, Any] = {"pair_accuracy": pair_accuracy(trainer, dev_pairs)}
        for name, rows in dev.named().items():
            found[name] = figures_of(rows, label_scores(trainer, [s.text for s in rows]))
        return found

    trainer.run(pairs, sentences, evaluate, evaluations=5)
    trainer.save_model()


def _plan(plan: Plan, options: argparse.Namespace) -> Plan:
    return replace(plan, epochs=options.epochs) if options.epochs else plan


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
