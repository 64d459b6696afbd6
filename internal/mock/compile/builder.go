package compile

import (
	"encoding/json"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// builder collects the content of one file. It keeps equal schemas once.
type builder struct {
	doc   *desc.Doc
	known map[string]int
}

func (b *builder) number(s *desc.Schema) (int, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return 0, err
	}
	if n, ok := b.known[string(text)]; ok {
		return n, nil
	}
	b.doc.Schemas = append(b.doc.Schemas, s)
	b.known[string(text)] = len(b.doc.Schemas)
	return len(b.doc.Schemas), nil
}
