package layout

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	yaml "go.yaml.in/yaml/v4"
)

// prefix is the anchor and the explicit tag in front of a node.
func prefix(n *yaml.Node) string {
	s := ""
	if n.Anchor != "" {
		s = "&" + n.Anchor + " "
	}
	if n.Style&yaml.TaggedStyle != 0 {
		s += n.ShortTag() + " "
	}
	return s
}

func scalarOrAlias(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode {
		return "*" + n.Value
	}
	return scalar(n, true)
}

// scalar prints a scalar on one line: without quotes if it reads back unchanged, else in double
// quotes. InFlow says that it is inside {} or [].
func scalar(n *yaml.Node, inFlow bool) string {
	switch {
	case n.ShortTag() == "!!null" && n.Value == "":
		return "null"
	case n.ShortTag() != "!!str" && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0:
		return n.Value
	case n.ShortTag() == "!!merge":
		return n.Value
	case n.Style&yaml.TaggedStyle == 0 && bareOK(n.Value, inFlow):
		return n.Value
	}
	return quote(n.Value)
}

// words11 are words that some reader of YAML, 1.1 or 1.2, does not take for strings unless they are
// quoted.
var words11 = map[string]bool{"null": true, "true": true, "false": true, "y": true, "n": true,
	"yes": true, "no": true, "on": true, "off": true}

// bareOK reports whether a string needs no quotes and does not puzzle readers without them.
func bareOK(s string, inFlow bool) bool {
	if s == "" || strings.TrimSpace(s) != s ||
		strings.ContainsAny(s[:1], "-+.?:,[]{}#&*!|>'\"%@`=<~") || words11[strings.ToLower(s)] {
		return false
	}
	if strings.Contains(s, ": ") || strings.Contains(s, "#") || strings.Contains(s, "://") ||
		strings.HasSuffix(s, ":") {
		return false
	}
	if inFlow && strings.ContainsAny(s, ",[]{}") {
		return false
	}
	if s[0] >= '0' && s[0] <= '9' && strings.Contains(s, ":") { // YAML 1.1 reads it in base 60
		return false
	}
	for _, r := range s {
		if !unicode.IsPrint(r) || r == '\uFEFF' {
			return false
		}
	}
	return !likeNumber.MatchString(s)
}

// likeNumber matches texts that some reader of YAML takes for a number or a date.
var likeNumber = regexp.MustCompile(
	`^([-+]?[0-9][0-9_]*|[-+]?0[xob][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*\.?[0-9_]*([eE][-+]?[0-9]+)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)$`)

func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xFF:
			fmt.Fprintf(&b, `\x%02X`, r)
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// multiline reports whether a scalar is printed as a block of text: it was one, and can still be
// one.
func multiline(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 &&
		n.ShortTag() == "!!str" && blockOK(n.Value)
}

// blockOK reports whether text survives as a block: it has no blanks at its start or the ends of
// lines, and nothing unprintable.
func blockOK(s string) bool {
	body := strings.TrimRight(s, "\n")
	if body == "" || len(s)-len(body) > 1 {
		return false
	}
	for line := range strings.SplitSeq(body, "\n") {
		if strings.HasSuffix(line, " ") || strings.Contains(line, "\t") {
			return false
		}
		for _, r := range line {
			if !unicode.IsPrint(r) || r == '\uFEFF' {
				return false
			}
		}
	}
	return !strings.HasPrefix(body, "\n") && !strings.HasPrefix(body, " ")
}
