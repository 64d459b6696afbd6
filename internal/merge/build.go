package merge

import (
	"strconv"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
)

// node is the operation as YAML.
func (op *operation) node() *yaml.Node {
	n := layout.Object("operationId", op.id, "summary", op.Title, "description", op.Description)
	op.addDocs(n)
	op.addFacts(n)
	if op.File {
		layout.Put(n, "x-wxpay-unsigned", layout.Bool(true))
	}
	if params := op.paramNodes(); len(params) > 0 {
		layout.Put(n, "parameters", layout.List(params...))
	}
	if body := op.bodyNode(); body != nil {
		layout.Put(n, "requestBody", body)
	}
	layout.Put(n, "responses", op.responseNodes())
	return n
}

func (op *operation) paramNodes() []*yaml.Node {
	var out []*yaml.Node
	for _, p := range op.params {
		out = append(out, op.paramNode(p))
	}
	return out
}

func (op *operation) paramNode(p *param) *yaml.Node {
	if p.in == "header" && p.Name == serialHeader {
		return layout.Object("$ref", serialRef)
	}
	s := *p.Schema
	label := s.Label
	s.Label, s.Question = "", ""
	if s.Ref != nil {
		c := *s.Ref // the parameter has the label itself
		s.Ref, s.Label = &c, c.Schema.Label
	}
	n := layout.Object("name", p.Name, "in", p.in, "required", p.Required, "description", label,
		"schema", schemaNode(&s), "example", op.paramExample(p))
	n.LineComment = comment(p.Question)
	return n
}

func (op *operation) paramExample(p *param) *yaml.Node {
	group := map[string]string{"query": "query", "header": "headers"}[p.in]
	from := op.example
	if group != "" {
		from = layout.Key(from, group)
	}
	value := fit(layout.Key(from, p.Name), p.Schema)
	// the page shows one element
	if p.Elem != nil && value != nil && value.Kind != yaml.SequenceNode {
		return layout.List(value)
	}
	return value
}

// fit converts an example to the type of the schema: to a string or a number.
func fit(n *yaml.Node, s *draft.Schema) *yaml.Node {
	if n == nil || n.Kind != yaml.ScalarNode {
		return n
	}
	switch s.Type {
	case "string":
		if n.Tag != "!!null" {
			return layout.String(n.Value)
		}
	case "integer", "number":
		if _, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return layout.Number(n.Value)
		}
		return nil
	}
	return n
}
