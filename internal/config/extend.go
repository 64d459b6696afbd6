package config

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/source"
)

// Extend adds texts to a list of the file, which is the value of a key at its top, and changes
// nothing else. It reports whether it can: the list must be one text, a list in brackets, or a list
// with a line for each text.
func Extend(text []byte, key string, more []string) ([]byte, bool) {
	was, list := listOf(text, key)
	if list == nil || len(was) == 0 {
		return nil, false
	}
	lines := strings.SplitAfter(string(text), "\n")
	last := list
	if list.Kind == yaml.SequenceNode {
		last = list.Content[len(list.Content)-1]
	}
	line := &lines[last.Line-1]
	end := endOf(*line, last)
	switch {
	case list.Kind == yaml.ScalarNode:
		begin := end - len(last.Value)
		*line = (*line)[:begin] + "[" + strings.Join(append(was, more...), ", ") + "]" +
			(*line)[end:]
	case list.Style&yaml.FlowStyle != 0:
		*line = (*line)[:end] + ", " + strings.Join(more, ", ") + (*line)[end:]
	default:
		indent := strings.Repeat(" ", list.Column-1)
		if !strings.HasSuffix(*line, "\n") {
			*line += "\n"
		}
		*line += indent + "- " + strings.Join(more, "\n"+indent+"- ") + "\n"
	}
	out := []byte(strings.Join(lines, ""))
	is, _ := listOf(out, key)
	return out, slices.Equal(is, append(was, more...)) && !bytes.Equal(out, text)
}

// listOf is the value of a key at the top: a text or a list of texts.
func listOf(text []byte, key string) (texts []string, list *yaml.Node) {
	doc, flaw := source.Parse(text)
	if flaw != nil {
		return nil, nil
	}
	root := doc.Content[0]
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == key {
			list = root.Content[i+1]
		}
	}
	switch {
	case list == nil:
		return nil, nil
	case list.Kind == yaml.ScalarNode:
		return []string{list.Value}, list
	}
	for _, item := range list.Content {
		texts = append(texts, item.Value)
	}
	return texts, list
}

// endOf is the end of a text in its line. For a quoted text with escapes it is wrong, and Extend
// notices that.
func endOf(line string, n *yaml.Node) int {
	begin := len(string([]rune(line)[:min(n.Column-1, len([]rune(line)))]))
	end := begin + len(n.Value)
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		end += 2
	}
	return min(end, len(strings.TrimRight(line, "\r\n")))
}
