package diff

import (
	"fmt"
	"strings"

	"golang.org/x/mod/semver"
)

// Text writes a line for each change. The place comes first.
func Text(all []Change) string {
	var b strings.Builder
	for _, c := range all {
		if c.File != "" {
			b.WriteString(c.File + ": ")
		}
		fmt.Fprintf(&b, "%s (%s): %s: %s\n", word(c), c.Side, c.Where, c.What)
	}
	return b.String()
}

func word(c Change) string {
	if c.Breaking {
		return "breaking"
	}
	return "additive"
}

// Markdown writes the changes as release notes.
func Markdown(all []Change) string {
	if len(all) == 0 {
		return "Nothing changed for callers.\n"
	}
	var b strings.Builder
	last := -1
	for _, c := range all {
		if r := rank(c); r != last {
			if last >= 0 {
				b.WriteByte('\n')
			}
			b.WriteString(headings[r] + "\n\n")
			last = r
		}
		fmt.Fprintf(&b, "- `%s`: %s", c.Where, escaped.Replace(c.What))
		if c.File != "" {
			fmt.Fprintf(&b, " (`%s`)", c.File)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// headings are the headings of the ranks.
var headings = [...]string{"### Breaking: on the wire", "### Breaking: in Go",
	"### New: on the wire", "### New: in Go"}

// escaped escapes the Markdown signs in Go and in paths.
var escaped = strings.NewReplacer("*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`, "`", "\\`")

// Next is the version that semantic versioning asks for after one: "v1.3.0". If the argument is no
// version, it returns the kind of step: "major". Before v1 a breaking step is a minor one, and
// others are patches.
func Next(after string, all []Change) string {
	step := 2
	if len(all) > 0 {
		step = 1
	}
	if Breaking(all) > 0 {
		step = 0
	}
	if !semver.IsValid(after) {
		return [...]string{"major", "minor", "patch"}[step]
	}
	var n [3]int
	fmt.Sscanf(strings.SplitN(semver.Canonical(after), "-", 2)[0], "v%d.%d.%d", &n[0], &n[1], &n[2])
	if n[0] == 0 {
		step = min(step+1, 2)
	}
	n[step]++
	for i := step + 1; i < len(n); i++ {
		n[i] = 0
	}
	return fmt.Sprintf("v%d.%d.%d", n[0], n[1], n[2])
}
