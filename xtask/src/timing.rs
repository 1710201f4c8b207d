//! What a program needs: one run, and the middle of many.

use std::{
    process::{Command, Stdio},
    time::Instant,
};

use wait4::Wait4;

/// One run of one program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run {
    /// Seconds from start to end.
    pub wall: f64,
    /// User and system time.
    pub cpu: f64,
    /// Peak memory in bytes.
    pub peak: u64,
}

/// Runs `command`, called `name` where it fails, and takes its time. What it says is not read.
pub fn once(command: &mut Command, name: &str) -> Result<Run, String> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let child = command.spawn().map_err(|error| format!("{name}: {error}"))?;
    let used = child.wait4().map_err(|error| format!("{name}: {error}"))?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        return Err(format!("{name} ended with {}", used.status));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Run { wall, cpu, peak: used.rusage.maxrss })
}

/// The median of each figure.
pub fn median(runs: &[Run]) -> Run {
    let of = |figure: fn(&Run) -> f64| middle(runs.iter().map(figure).collect());
    Run { wall: of(|run| run.wall), cpu: of(|run| run.cpu), peak: of(|run| run.peak as f64) as u64 }
}

/// The figure in the middle.
pub fn middle(figures: Vec<f64>) -> f64 {
    percentile(figures, 50)
}

/// The figure below which `share` in a hundred are.
pub fn percentile(mut figures: Vec<f64>, share: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    let index = (figures.len() * share / 100).min(figures.len().saturating_sub(1));
    figures.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_figures_that_were_measured() {
        let figures = || vec![3.0, 1.0, 2.0];
        assert_eq!((middle(figures()), percentile(figures(), 99)), (2.0, 3.0));
        assert_eq!(middle(vec![]), 0.0);
    }

    #[test]
    fn a_program_that_fails_is_no_measurement() {
        assert!(once(&mut Command::new("false"), "false").is_err());
        assert!(once(&mut Command::new("true"), "true").is_ok_and(|run| run.peak > 0));
    }
}
