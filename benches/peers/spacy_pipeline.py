"""spaCy's small pipeline for English on the texts given: tok2vec (HashEmbedCNN, width 96, depth 4), tagger, parser, ner.

The weights are untrained: what a layer costs does not depend on them. Sizes are those of `en_core_web_sm`: its tags,
relations and entity types by number. One thread. Prints one JSON object.

    python spacy_pipeline.py --texts TEXTS.jsonl --words N
"""

import argparse
import json
import time

import spacy
from spacy.training import Example

TAGS = 50
RELATIONS = 45
ENTITIES = 18
TOK2VEC = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def pipeline() -> spacy.language.Language:
    nlp = spacy.blank("en")
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": TOK2VEC,
    }
    nlp.add_pipe("tok2vec", config={"model": tok2vec})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": TOK2VEC}})
    nlp.add_pipe("parser", config={"model": {**parser, "state_type": "parser"}})
    nlp.add_pipe("ner", config={"model": {**parser, "state_type": "ner"}})
    nlp.initialize(lambda: examples(nlp))
    return nlp


def examples(nlp: spacy.language.Language) -> list[Example]:
    """Sentences of one word more than there are labels, to make room for all labels."""
    words = [f"word{i}" for i in range(TAGS + 1)]
    heads = [max(i - 1, 0) for i in range(len(words))]
    relations = ["ROOT", *(f"relation{i % RELATIONS}" for i in range(TAGS))]
    entities = [f"U-TYPE{i % ENTITIES}" for i in range(len(words))]
    doc = nlp.make_doc(" ".join(words))
    annotation = {"tags": [f"TAG{i % TAGS}" for i in range(len(words))], "heads": heads, "deps": relations, "entities": entities}
    return [Example.from_dict(doc, annotation)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--texts", required=True, help='JSON Lines with a field "text"')
    options.add_argument("--words", type=int, required=True, help="how many words they have, for all programs the same")
    options.add_argument("--repeat", type=int, default=3, help="runs, of which the quickest counts")
    args = options.parse_args()
    with open(args.texts, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    nlp = pipeline()
    seconds = []
    for _ in range(args.repeat):
        start = time.perf_counter()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        seconds.append(time.perf_counter() - start)
    name = f"spaCy {spacy.__version__}, small pipeline, untrained ({tokens} tokens by its own count)"
    print(json.dumps({"name": name, "words_per_second": args.words / min(seconds)}))


if __name__ == "__main__":
    main()
