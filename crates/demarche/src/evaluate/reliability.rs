//! How far a confidence tells the share that is right: the reliability curve.

/// Steps of the curve.
const STEPS: usize = 10;

/// Confidences with what became of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliability {
    judged: Vec<(f64, bool)>,
}

/// What was claimed with a confidence within one tenth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Step {
    /// How many there are.
    pub count: usize,
    /// Their mean confidence, 0 to 1.
    pub confidence: f64,
    /// The share of them that is right, 0 to 1.
    pub right: f64,
}

impl Reliability {
    /// Adds a claim.
    pub fn add(&mut self, confidence: f64, right: bool) {
        self.judged.push((confidence, right));
    }

    /// The tenths of the confidence from the lowest to the highest; those without a claim have a count of 0.
    pub fn steps(&self) -> [Step; STEPS] {
        let mut out = [Step::default(); STEPS];
        for &(confidence, right) in &self.judged {
            let at = ((confidence * STEPS as f64) as usize).min(STEPS - 1);
            out[at].count += 1;
            out[at].confidence += confidence;
            out[at].right += f64::from(u8::from(right));
        }
        for step in &mut out {
            step.confidence /= step.count.max(1) as f64;
            step.right /= step.count.max(1) as f64;
        }
        out
    }

    /// Expected calibration error: the mean distance between confidence and share right, each step by its count (Naeini and
    /// others 2015).
    pub fn error(&self) -> f64 {
        let of = |step: &Step| step.count as f64 * (step.confidence - step.right).abs();
        self.steps().iter().map(of).sum::<f64>() / self.judged.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_that_tells_the_truth_has_no_error() {
        let mut curve = Reliability::default();
        assert!(curve.error() == 0.0);
        for n in 0..10 {
            curve.add(0.8, n < 8);
        }
        assert!(curve.error() < 1e-9);
        curve.add(1.0, false);
        let steps = curve.steps();
        assert_eq!((steps[8].count, steps[9].count), (10, 1));
        assert!((curve.error() - 1.0 / 11.0).abs() < 1e-9);
    }
}
