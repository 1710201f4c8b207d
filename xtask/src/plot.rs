//! Plots as SVG, without a clock: the same figures give the same file.

use std::fmt::Write as _;

/// Bars under one heading.
pub struct Group {
    pub name: String,
    /// What each bar stands for, and how long it is. The first one is drawn in the colour of the engine.
    pub bars: Vec<(String, f64)>,
}

const WIDTH: f64 = 860.0;
const LEFT: f64 = 300.0;
const BAR: f64 = 11.0;

/// Bars from left to right on a logarithmic axis, in `unit`.
pub fn bars(title: &str, unit: &str, groups: &[Group]) -> String {
    let figures = || groups.iter().flat_map(|group| &group.bars).map(|(_, figure)| *figure);
    let decades = |figure: f64| figure.max(1e-3).log10();
    let low = figures().map(decades).fold(f64::INFINITY, f64::min).min(0.0).floor();
    let high = figures().map(decades).fold(low + 1.0, f64::max).ceil();
    let room = WIDTH - LEFT - 60.0;
    let at = |figure: f64| LEFT + room * (decades(figure) - low) / (high - low);
    let count = groups.iter().map(|group| group.bars.len()).sum::<usize>();
    let height = 60.0 + BAR * count as f64 + 8.0 * groups.len() as f64;
    let mut svg = head(height, title);
    for decade in low as i32..=high as i32 {
        let figure = 10_f64.powi(decade);
        let x = at(figure);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} 30V{:.1}\" stroke=\"#ccc\"/><text x=\"{x:.1}\" y=\"26\" text-anchor=\"middle\">{figure} {unit}</text>",
            height - 10.0
        );
    }
    let mut y = 36.0;
    for group in groups {
        for (index, (name, figure)) in group.bars.iter().enumerate() {
            let fill = if index == 0 { "#1b6ca8" } else { "#b9c6d0" };
            let label = if index == 0 { format!("{} · {name}", group.name) } else { name.clone() };
            let (end, baseline) = (at(*figure), y + BAR - 2.5);
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{baseline:.1}\" text-anchor=\"end\">{}</text>\
                 <rect x=\"{LEFT}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\"/>\
                 <text x=\"{:.1}\" y=\"{baseline:.1}\">{figure:.1}</text>",
                LEFT - 6.0,
                escaped(&label),
                (end - LEFT).max(0.5),
                BAR - 2.0,
                end + 4.0,
            );
            y += BAR;
        }
        y += 8.0;
    }
    svg.push_str("</svg>\n");
    svg
}

/// One figure after another, from zero up.
pub fn line(title: &str, unit: &str, figures: &[f64]) -> String {
    const HEIGHT: f64 = 240.0;
    let most = figures.iter().copied().fold(1e-9, f64::max) * 1.1;
    let mut svg = head(HEIGHT, title);
    let x = |index: usize| 70.0 + (WIDTH - 100.0) * (index as f64 + 0.5) / figures.len().max(1) as f64;
    let y = |figure: f64| HEIGHT - 30.0 - (HEIGHT - 70.0) * figure / most;
    for step in 0..=4 {
        let figure = most * f64::from(step) / 4.0;
        let y = y(figure);
        let _ = writeln!(
            svg,
            "<path d=\"M70 {y:.1}H{:.1}\" stroke=\"#ccc\"/><text x=\"64\" y=\"{:.1}\" text-anchor=\"end\">{figure:.0} {unit}</text>",
            WIDTH - 30.0,
            y + 3.0
        );
    }
    let points: Vec<String> = figures
        .iter()
        .enumerate()
        .map(|(index, figure)| format!("{:.1},{:.1}", x(index), y(*figure)))
        .collect();
    let _ = writeln!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1b6ca8\" stroke-width=\"2\"/>",
        points.join(" ")
    );
    svg.push_str("</svg>\n");
    svg
}

fn head(height: f64, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" font-family=\"sans-serif\" font-size=\"9\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text x=\"10\" y=\"14\" font-size=\"12\">{}</text>\n",
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_bar_is_a_higher_figure() {
        let bars = |figure: f64| vec![("a<b".to_owned(), figure)];
        let groups = [1.0, 10.0].map(|figure| Group { name: "g".to_owned(), bars: bars(figure) });
        let svg = super::bars("t", "MB/s", &groups);
        let widths: Vec<f64> = svg
            .split("<rect x=")
            .skip(1)
            .filter_map(|rect| rect.split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        assert!(matches!(widths[..], [short, long] if short < long), "{widths:?}");
        assert!(svg.contains("a&lt;b"));
    }
}
