//! Documents: the door through which words get into a file of Markdown.

use super::{code, inline, lines_below};
use crate::text::{clean, one_line};

/// A file of Markdown, block by block. What strangers wrote stays within its block.
#[derive(Debug, Default)]
pub(crate) struct Markdown(Vec<String>);

/// Words within a block, in which nothing of a stranger ends it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inline(String);

impl Inline {
    /// Words of ours.
    pub(crate) fn of(text: &'static str) -> Self {
        Self::default().and(text)
    }

    /// Adds words of ours.
    pub(crate) fn and(mut self, text: &'static str) -> Self {
        self.0.push_str(text);
        self
    }

    /// Adds words of the document.
    pub(crate) fn words(mut self, text: &str) -> Self {
        self.0.push_str(&inline(text));
        self
    }

    /// Adds a text of the document as code.
    pub(crate) fn code(mut self, text: &str) -> Self {
        self.0.push_str(&code(text));
        self
    }

    /// Adds an address of the document as a link; what is none stays text.
    pub(crate) fn link(self, address: &str) -> Self {
        let address = address.trim();
        let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\\`".contains(c);
        match address.chars().all(is_plain) && address.contains([':', '@']) {
            true => self.and("<").raw(address).and(">"),
            false => self.code(address),
        }
    }

    /// Adds a line that is Markdown already.
    pub(crate) fn line(self, line: &str) -> Self {
        self.raw(line)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Adds what another one holds.
    pub(crate) fn join(self, other: &Self) -> Self {
        self.raw(&other.0)
    }

    fn raw(mut self, text: &str) -> Self {
        self.0.push_str(&one_line(text));
        self
    }
}

impl Markdown {
    /// Adds a heading.
    pub(crate) fn heading(&mut self, level: usize, text: &Inline) {
        self.0.push(format!("{} {}", "#".repeat(level), text.0));
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(&mut self, text: &Inline) {
        self.0.push(text.0.clone());
    }

    /// Adds what a stranger wrote, its headings below those of a level.
    pub(crate) fn words(&mut self, text: &str, below: usize) {
        self.0.push(lines_below(text, below).join("\n"));
    }

    /// Adds what the user wrote for this file.
    pub(crate) fn own(&mut self, text: &str) {
        self.0.push(clean(text).trim().to_owned());
    }

    /// Adds a block of code.
    pub(crate) fn code<T: AsRef<str>>(&mut self, language: &'static str, lines: &[T]) {
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
        let text = lines.join("\n");
        let runs = text.split(|c| c != '`').map(str::len);
        let fence = "`".repeat(runs.max().unwrap_or_default().max(2) + 1);
        self.0.push(format!("{fence}{language}\n{text}\n{fence}"));
    }

    /// Adds a list.
    pub(crate) fn list(&mut self, items: &[Inline]) {
        let items = items.iter().map(|item| format!("- {}", item.0));
        self.0.push(items.collect::<Vec<_>>().join("\n"));
    }

    /// Adds a table under a head of ours.
    pub(crate) fn table<const N: usize>(&mut self, head: [&'static str; N], rows: &[[Inline; N]]) {
        let line = |cells: [String; N]| {
            let cells = cells.map(|cell| format!(" {cell} "));
            format!("|{}|", cells.join("|")).replace("|  |", "| |")
        };
        let mut text = vec![line(head.map(str::to_owned))];
        text.push(format!("|{}", "---|".repeat(N)));
        for row in rows {
            text.push(line(row.each_ref().map(|cell| escape_bars(&cell.0))));
        }
        self.0.push(text.join("\n"));
    }

    /// The text of the file.
    pub(crate) fn finish(self) -> String {
        let blocks = self.0.iter().map(|block| block.trim());
        let blocks: Vec<&str> = blocks.filter(|block| !block.is_empty()).collect();
        format!("{}\n", blocks.join("\n\n"))
    }
}

/// A cell of a table, in which a bar would start the next, in code too.
fn escape_bars(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in cell.chars() {
        let is_escaped = escaped.ends_with('\\') && !escaped.ends_with("\\\\");
        if c == '|' && !is_escaped {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_within_their_block() {
        let mut file = Markdown::default();
        let foreign = "a\n\n# b\n| c <b>d</b> [e]";
        file.heading(2, &Inline::of("On ").words(foreign));
        file.table(
            ["x", ""],
            &[[
                Inline::default().code("a|b"),
                Inline::default().words(foreign),
            ]],
        );
        file.words("One\n===\n\n# Two\n\n<script>x</script>", 2);
        file.list(&[
            Inline::default().link("https://a.b/<x>"),
            Inline::default().link("a@b.c"),
        ]);
        insta::assert_snapshot!(file.finish(), @r"
        ## On a  # b | c \<b>d\</b> \[e]

        | x | |
        |---|---|
        | `a\|b` | a  # b \| c \<b>d\</b> \[e] |

        ### One

        ### Two

        \<script>x\</script>

        - `https://a.b/<x>`
        - <a@b.c>
        ");
    }

    #[test]
    fn code_is_closed_by_its_own_fence() {
        let mut file = Markdown::default();
        file.code("rust", &["let a = \"```\";"]);
        assert_eq!(file.finish(), "````rust\nlet a = \"```\";\n````\n");
    }
}
