package load

import (
	"strings"

	"github.com/wxgen/wxgen/internal/source"
)

// prose removes the blank lines that YAML leaves around a text.
func prose(v source.Node) string { return strings.TrimSpace(v.Text()) }

// urls collects the documents of an operation or webhook.
func urls(v source.Node) []string {
	var list []string
	if u := v.Get("externalDocs").Get("url").Text(); u != "" {
		list = append(list, u)
	}
	return append(list, v.Get("x-wxpay-docs").Texts()...)
}

// withValues adds the values of an enum without a type of its own to a text.
func withValues(doc string, s source.Node) string {
	var b strings.Builder
	labels := s.Get("x-enum-descriptions").Texts()
	for i, v := range s.Get("enum").Items() {
		if b.Len() == 0 {
			b.WriteString("Values: ")
		} else {
			b.WriteString(", ")
		}
		b.WriteString(v.Text())
		if i < len(labels) && labels[i] != "" {
			b.WriteString(" (" + strings.TrimSpace(labels[i]) + ")")
		}
	}
	if b.Len() == 0 {
		return doc
	}
	return strings.TrimSpace(doc + "\n" + b.String() + ".")
}
