package merge

import (
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/naming"
	"github.com/wxgen/wxgen/internal/page"
)

func (op *operation) bodyNode() *yaml.Node {
	switch {
	case op.form != nil:
		media := layout.Object("schema", schemaNode(op.form), "encoding", encodingOf(op.form))
		if ex := layout.Key(op.example, "body"); ex != nil {
			layout.Put(media, "example", ex)
		}
		return layout.Object("required", true, "content",
			layout.Object("multipart/form-data", media))
	case op.body != nil:
		media := layout.Object("schema", schemaNode(op.body))
		if ex := layout.Key(op.example, "json"); ex != nil {
			layout.Put(media, "example", ex)
		}
		return layout.Object("required", true, "content", layout.Object("application/json", media))
	}
	return nil
}

// encodingOf says that the object part of a form is JSON.
func encodingOf(form *draft.Schema) *yaml.Node {
	for _, p := range form.Props {
		if p.Type == "object" {
			return layout.Object(p.Name, layout.Object("contentType", "application/json"))
		}
	}
	return nil
}

func (op *operation) responseNodes() *yaml.Node {
	n := layout.Object()
	switch {
	case op.File:
		layout.Put(n, "200", layout.Object("description", "OK", "content",
			layout.Object("application/octet-stream",
				layout.Object("schema", layout.Object("type", "string", "format", "binary")))))
	case op.response == nil:
		layout.Put(n, "204", layout.Object("description", "No Content"))
	default:
		layout.Put(n, "200", layout.Object("description", "OK", "content",
			layout.Object("application/json", layout.Object("schema", schemaNode(op.response)))))
	}
	layout.Put(n, "default", layout.Object("$ref", errorRef))
	return n
}

const (
	serialRef = "../components.yaml#/components/parameters/WechatpaySerial"
	errorRef  = "../components.yaml#/components/responses/Error"
	schemaRef = "#/components/schemas/"
)

// webhookNode is the notification as YAML.
func (op *operation) webhookNode() *yaml.Node {
	title, _, _ := strings.Cut(strings.ReplaceAll(op.Title, "（", "("), "("+op.page.Event)
	n := layout.Object("summary", title)
	op.addDocs(n)
	op.addFacts(n)
	layout.Put(n, "requestBody", layout.Object("required", true, "content",
		layout.Object("application/json", layout.Object("schema", schemaNode(op.body)))))
	layout.Put(n, "responses", layout.Object("204", layout.Object("description", "No Content")))
	return layout.Object("x-go-name", eventName(op.page.Event), "post", n)
}

// schemaNode is the schema, or a reference to its component.
func schemaNode(s *draft.Schema) *yaml.Node {
	var n *yaml.Node
	if s.Ref != nil {
		label := s.Label
		if label == s.Ref.Schema.Label {
			label = ""
		}
		n = layout.Object("$ref", schemaRef+s.Ref.Name, "description", label)
	} else {
		n = inlineNode(s)
	}
	n.LineComment = comment(s.Question)
	return n
}

func inlineNode(s *draft.Schema) *yaml.Node {
	n := layout.Object("type", s.Type, "format", s.Format, "description", s.Label)
	if len(s.Enum) > 0 {
		addEnum(n, s)
	}
	addLimits(n, s)
	addChoices(n, s.Choices)
	if s.Secret {
		layout.Put(n, "x-wxpay-sensitive", layout.Bool(true))
	}
	if s.File != "" {
		layout.Put(n, "x-wxpay-file", layout.String(s.File))
	}
	if s.Content != nil {
		layout.Put(n, "contentMediaType", layout.String("application/json"))
		layout.Put(n, "contentSchema", schemaNode(s.Content))
	}
	addProps(n, s)
	if s.Elem != nil {
		layout.Put(n, "items", schemaNode(s.Elem))
	}
	return n
}

func addEnum(n *yaml.Node, s *draft.Schema) {
	values, labels := layout.List(), make([]string, len(s.Enum))
	for i, v := range s.Enum {
		values.Content = append(values.Content, enumNode(v.Value, s.Type))
		labels[i] = v.Label
	}
	layout.Put(n, "enum", values)
	if names := naming.Varnames(s); names != nil {
		layout.Put(n, "x-enum-varnames", layout.Strings(names))
	}
	if draft.Labelled(s) > 0 {
		layout.Put(n, "x-enum-descriptions", layout.Strings(labels))
	}
}

func enumNode(value, typ string) *yaml.Node {
	if _, err := strconv.ParseFloat(value, 64); err == nil && typ != "string" {
		return layout.Number(value)
	}
	return layout.String(value)
}

func addProps(n *yaml.Node, s *draft.Schema) {
	if len(s.Props) == 0 {
		return
	}
	var required []string
	props := layout.Object()
	for _, p := range s.Props {
		if p.Required {
			required = append(required, p.Name)
		}
		layout.Put(props, p.Name, propertyNode(p, props))
	}
	if len(required) > 0 {
		layout.Put(n, "required", layout.Strings(required))
	}
	layout.Put(n, "properties", props)
}

// propertyNode is the property. It gets an x-go-name if a sibling has the same name in Go: mch_id
// beside mchid.
func propertyNode(p *draft.Property, siblings *yaml.Node) *yaml.Node {
	n := schemaNode(p.Schema)
	for key, other := range layout.Pairs(siblings) {
		name := layout.Text(layout.Key(other, "x-go-name"))
		if name == "" {
			name = naming.Plain(key.Value)
		}
		if name == naming.Plain(p.Name) {
			layout.Put(n, "x-go-name", layout.String(name+alias))
		}
	}
	return n
}

// alias marks the second of two wire names with the same Go name. People should choose a better
// name.
const alias = "Alias"

func comment(s string) string {
	if s == "" {
		return ""
	}
	return "# " + s
}

// addFacts adds the facts of a page about an operation as a whole.
func (op *operation) addFacts(n *yaml.Node) {
	if len(op.Roles) > 0 {
		layout.Put(n, "x-wxpay-roles", layout.Strings(op.Roles))
	}
	if op.Updated != "" {
		layout.Put(n, "x-wxpay-updated", layout.String(op.Updated))
	}
	if op.Idempotent {
		layout.Put(n, "x-wxpay-idempotent", layout.Bool(true))
	}
	if len(op.choices) == 1 {
		layout.Put(n, "x-wxpay-any-of", branches(op.choices[0]))
	}
	if len(op.Errors) > 0 {
		codes := layout.List()
		for _, e := range op.Errors {
			codes.Content = append(codes.Content, errorNode(e))
		}
		layout.Put(n, "x-wxpay-errors", codes)
	}
}

func errorNode(e page.ErrorCode) *yaml.Node {
	return layout.Object("status", layout.Number(strconv.Itoa(e.Status)), "code", e.Code, "label",
		e.Label)
}

// branches is a choice between fields, of which one is required.
func branches(names []string) *yaml.Node {
	list := layout.List()
	for _, name := range names {
		list.Content = append(list.Content,
			layout.Object("required", layout.Strings([]string{name})))
	}
	return list
}

// addChoices adds the choices between an object's fields.
func addChoices(n *yaml.Node, choices [][]string) {
	switch len(choices) {
	case 0:
	case 1:
		layout.Put(n, "anyOf", branches(choices[0]))
	default:
		all := layout.List()
		for _, names := range choices {
			all.Content = append(all.Content, layout.Object("anyOf", branches(names)))
		}
		layout.Put(n, "allOf", all)
	}
}

// addLimits adds limits. A length of a sealed field that is too short for ciphertext counts clear
// text.
func addLimits(n *yaml.Node, s *draft.Schema) {
	const ciphertext = 344 // the Base64 length of 2048 bits
	l := s.Limits
	for _, limit := range []struct {
		key   string
		value int
	}{{"maximum", l.Maximum}, {"minLength", l.MinLength}, {"maxLength", l.MaxLength},
		{"minItems", l.MinItems}, {"maxItems", l.MaxItems}} {
		if limit.value > 0 {
			layout.Put(n, limit.key, layout.Number(strconv.Itoa(limit.value)))
		}
	}
	switch {
	case l.MaxLength == 0:
	case s.Secret && l.MaxLength < ciphertext:
		layout.Put(n, "x-wxpay-length", layout.String("clear"))
	case l.Bytes:
		layout.Put(n, "x-wxpay-length", layout.String("bytes"))
	}
}

func (op *operation) addDocs(n *yaml.Node) {
	if len(op.Docs) > 0 {
		layout.Put(n, "externalDocs", layout.Object("url", op.Docs[0]))
	}
	if len(op.Docs) > 1 {
		layout.Put(n, "x-wxpay-docs", layout.Strings(op.Docs[1:]))
	}
}
