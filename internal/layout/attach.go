package layout

import (
	"slices"
	"sort"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// Without returns the comments of all that are not among others.
func Without(all, others []Comment) (rest []Comment) {
	left := make(map[string]int, len(others))
	for _, r := range others {
		left[r.Text]++
	}
	for _, r := range all {
		if left[r.Text]--; left[r.Text] < 0 {
			rest = append(rest, r)
		}
	}
	return rest
}

// Attached lists the comments on the nodes of a tree, line by line.
func Attached(n *yaml.Node, into []Comment) []Comment {
	for _, c := range []string{n.HeadComment, n.LineComment, n.FootComment} {
		for line := range strings.SplitSeq(c, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				into = append(into, Comment{n.Line, n.Column, line})
			}
		}
	}
	for _, c := range n.Content {
		into = Attached(c, into)
	}
	return into
}

// rescue attaches the comments that the parser forgot to the entry around them. They go above that
// entry.
func rescue(doc *yaml.Node, all []Comment) {
	forgotten := Without(all, Attached(doc, nil))
	if len(forgotten) == 0 {
		return
	}
	entries := entriesOf(doc.Content[0], nil)
	above := map[*yaml.Node][]string{}
	for _, r := range forgotten {
		after := sort.Search(len(entries), func(i int) bool {
			return entries[i].Line > r.Line || entries[i].Line == r.Line &&
				entries[i].Column > r.col
		})
		holder := entries[max(after-1, 0)]
		above[holder] = append(above[holder], r.Text)
	}
	for holder, comments := range above {
		holder.HeadComment = lines(append([]string{holder.HeadComment}, comments...)...)
	}
}

// entriesOf lists the keys of mappings and the items of lists.
func entriesOf(n *yaml.Node, into []*yaml.Node) []*yaml.Node {
	for i, c := range n.Content {
		if n.Kind == yaml.SequenceNode || i%2 == 0 {
			into = append(into, c)
		}
		into = entriesOf(c, into)
	}
	return into
}

// lift leaves at most one comment behind an entry, and moves the others above it.
func lift(n *yaml.Node) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		above := key.LineComment
		if !isBlock(value) || len(value.Content) == 0 || value.Style&yaml.FlowStyle != 0 {
			above = lines(above, value.HeadComment)
			value.HeadComment = ""
		}
		key.LineComment = ""
		if value.LineComment == "" && !strings.Contains(above, "\n") {
			value.LineComment = above
		} else {
			key.HeadComment = lines(key.HeadComment, above)
		}
	}
	for _, c := range n.Content {
		lift(c)
	}
}

// lines joins the comments that are not empty.
func lines(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(c string) bool { return c == "" }), "\n")
}
