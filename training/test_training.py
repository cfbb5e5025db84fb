"""Tests of the training programs: python -m unittest (from this folder)."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import boundaries
import event_questions
import event_sentences
from arithmetic import Int8Linear, quantise_rows
from copies import with_forms, with_placeholders
from decoding import best_tags, spans, tag_order, tree
from lemmas import apply_rule, lemma_rule
from wordpieces import Vocabulary, chunks, shape

SENTENCE = dict(
    w=["The", "United", "States", "and", "Iraqi", "envoys", "met", "."],
    lemma=["the", "United", "States", "and", "Iraqi", "envoy", "meet", "."],
    l=["L", "=", "=", "=", "=", "1+", "2+et", "="],
    u=["DET", "PROPN", "PROPN", "CCONJ", "ADJ", "NOUN", "VERB", "PUNCT"],
    h=[3, 3, 7, 6, 6, 3, 0, 7],
    r=["det", "compound", "nsubj", "cc", "amod", "conj", "root", "punct"],
    n=["O", "B-geo", "I-geo", "O", "B-gpe", "O", "O", "O"],
)
COUNTRIES = {("United", "States"): "geo", ("Iraqi",): "gpe"}


class Events(unittest.TestCase):
    def test_marks_become_ranges_of_characters(self):
        text, spans = event_sentences.unmarked(event_sentences.closed("<A>Fiji</A>'s envoy left <R>Tonga</R> ."))
        self.assertEqual(text, "Fiji's envoy left Tonga.")
        self.assertEqual({mark: text[a:b] for mark, (a, b) in spans.items()}, {"A": "Fiji", "R": "Tonga"})

    def test_labels_of_judged_questions(self):
        self.assertEqual(event_questions.judged("ASSAULT/aerial+destroy!R"), ("ASSAULT", ["aerial", "destroy"], (1, 0)))
        self.assertEqual(event_questions.judged("ACCUSE/allege!X"), ("NONE", [], (0, 0)))

    def test_a_trigger_told_as_the_label_goes_first(self):
        asks = lambda event, trigger: dict(actors=[(0, 1)], recipients=[(3, 4)], trigger=[trigger], told=event and dict(event=event))
        line = dict(questions=[asks(None, 1), asks("AID", 2), asks("ACCUSE", 5)])
        self.assertEqual(event_questions.trigger_for(line, [(0, 1)], [(3, 4)], "ACCUSE"), [5])
        self.assertIsNone(event_questions.trigger_for(line, [(7, 8)], [], "ACCUSE"))


class Boundaries(unittest.TestCase):
    def test_rows_around_a_gap_end_with_the_stretch(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "examples"
            with file.open("wb") as out:
                for rows, gaps in ((2, [[1, 0]]), (5, [[1, 1], [4, 0]])):
                    out.write(json.dumps({"rows": rows, "gaps": gaps}).encode() + b"\n")
                    out.write(np.full((rows, boundaries.WIDTH), rows, "<f4").tobytes())
            states, around, answers, stretches = boundaries.read(file)
        self.assertEqual(states[:, 0].tolist(), [0, 2, 2, 5, 5, 5, 5, 5])
        self.assertEqual(around.tolist(), [[0, 0, 1, 2, 0, 0], [0, 0, 3, 4, 5, 6], [4, 5, 6, 7, 0, 0]])
        self.assertEqual((answers.tolist(), stretches.tolist()), ([0, 1, 0], [0, 1, 1]))

    def test_the_file_has_the_length_its_sizes_say(self):
        columns, hidden = boundaries.COLUMNS, boundaries.HIDDEN
        length = 8 + 12 + columns * (4 + boundaries.WIDTH) + hidden * (4 + boundaries.AROUND * columns) + 8 * hidden + 4
        self.assertEqual(len(boundaries.packed(boundaries.Boundary())), length)


class Lemmas(unittest.TestCase):
    def test_rules_restore_the_lemma(self):
        pairs = [("said", "say"), ("Said", "say"), ("SAID", "say"), ("Paris", "Paris"), ("PARIS", "Paris"), ("is", "be"), ("The", "the"),
                 ("talks", "talk"), ("NATO", "NATO"), ("Ministers", "minister"), ("n't", "not"), ("STATES", "State"), ("a", "a"), ("İ", "i")]
        for form, lemma in pairs:
            with self.subTest(form=form):
                self.assertEqual(apply_rule(form, lemma_rule(form, lemma)), lemma)

    def test_a_cut_longer_than_the_form_leaves_the_tail(self):
        self.assertEqual(apply_rule("a", "3+y"), "y")


class Words(unittest.TestCase):
    def test_shapes(self):
        for word, expected in dict(zip(["7", "7th", "--", "UN", "Iraq", "talks", "iPad", "I"], [1, 2, 3, 4, 5, 6, 7, 5])).items():
            with self.subTest(word=word):
                self.assertEqual(shape(word), expected)

    def test_chunks_lose_accents_and_part_at_punctuation(self):
        self.assertEqual(chunks("Côte-d'Ivoire"), ["cote", "-", "d", "'", "ivoire"])

    def test_longest_piece_first_and_unknown(self):
        vocabulary = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "cease", "##fire", "##f", "c"])
        self.assertEqual(vocabulary.split("Ceasefire"), (4, 5))
        self.assertEqual(vocabulary.split("ceasex"), (1,))
        self.assertEqual(vocabulary.split("\u200b"), (1,))


class Copies(unittest.TestCase):
    def test_a_name_of_two_words_becomes_one(self):
        copy = with_placeholders(SENTENCE, COUNTRIES)
        self.assertEqual(copy["w"], ["The", "Canada", "and", "Canadian", "envoys", "met", "."])
        self.assertEqual(copy["h"], [2, 6, 5, 5, 2, 0, 6])
        self.assertEqual(copy["r"], ["det", "nsubj", "cc", "amod", "conj", "root", "punct"])
        self.assertEqual(copy["n"], ["O", "B-geo", "O", "B-gpe", "O", "O", "O"])

    def test_capitals_keep_the_lemma(self):
        copy = with_forms(SENTENCE, [w.upper() for w in SENTENCE["w"]])
        self.assertEqual([apply_rule(w, rule) for w, rule in zip(copy["w"], copy["l"])], SENTENCE["lemma"])


class Trees(unittest.TestCase):
    def test_single_root_and_no_cycle(self):
        rng = np.random.default_rng(1)
        for n in range(1, 12):
            for _ in range(20):
                scores = rng.normal(size=(n + 1, n + 1))
                np.fill_diagonal(scores, -1e9)
                heads = tree(scores)
                self.assertEqual((heads[1:] == 0).sum(), 1)
                for i in range(1, n + 1):
                    steps, j = 0, i
                    while j and steps <= n:
                        steps, j = steps + 1, heads[j]
                    self.assertEqual(j, 0, (scores, heads))

    def test_tags_are_an_allowed_sequence(self):
        labels = ["O", "B-per", "I-per", "B-org", "I-org"]
        scores = np.array([[0, 1, 9, 2, 0], [0, 0, 1, 0, 3.0]])
        self.assertEqual(best_tags(scores, tag_order(labels)), [3, 4])

    def test_spans(self):
        self.assertEqual(spans(["B-per", "I-per", "I-org", "O", "I-geo", "B-geo"]), {(0, 2, "per"), (2, 3, "org"), (4, 5, "geo"), (5, 6, "geo")})


class Arithmetic(unittest.TestCase):
    def test_halves_round_to_even(self):
        q, scale = quantise_rows(torch.tensor([[127.0, 0.5, -0.5, 1.4], [0.0, 0.0, 0.0, 0.0]]))
        self.assertEqual(q.tolist(), [[127, 0, 0, 1], [0, 0, 0, 0]])
        self.assertEqual(scale.flatten().tolist(), [1, 0])

    def test_int8_product_is_close(self):
        torch.manual_seed(1)
        linear, x = torch.nn.Linear(384, 64), torch.randn(5, 384)
        q, scale = quantise_rows(linear.weight.detach())
        y = Int8Linear(q, scale.squeeze(-1), linear.bias.detach())(x)
        self.assertLess((y - linear(x)).abs().max().item(), 0.05)


if __name__ == "__main__":
    unittest.main()
