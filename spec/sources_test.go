package spec_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/spec"
)

// sourcesVar names a folder with the statements of other sources, one line of JSON for each field:
// SOURCE.jsonl. They belong to others, so they are not committed. SOURCE is go and java (WeChat
// Pay's SDKs), skills (its samples), yaml, cs or wx (the community's).
const sourcesVar = "WXGEN_SOURCES"

// A statement is a source's description of one field.
type statement struct {
	Op        string
	Kind      string // "op" for an operation as a whole
	Side      string // request, response or resource
	In        string // path, query, header, body or meta
	Field     string // "sub_orders[].amount.total"
	Type      string
	Items     string
	Required  *bool
	Enum      []any
	Format    string
	Sensitive bool
	MaxLength *int
}

// TestSources compares the description with every source, field by field. The intended differences
// are in differences.tsv, with their reasons.
func TestSources(t *testing.T) {
	dir := os.Getenv(sourcesVar)
	if dir == "" {
		t.Skip("set " + sourcesVar + " to a folder with what other sources say")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no sources: %v", dir, err)
	}
	ops := byTemplate(readSpec(t, spec.FS))
	known := readDifferences(t)
	for _, file := range files {
		source := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		t.Run(source, func(t *testing.T) {
			fields := 0
			for _, s := range readStatements(t, file) {
				fields++
				for _, kind := range contradictions(ops[template(s.Op)], s) {
					op, field := s.Op, s.Side+"."+s.Field
					if o := ops[template(s.Op)]; o != nil {
						op = o.Name
					}
					if !known.known(source, op, field, kind) {
						t.Errorf("%s\t%s\t%s\t%s", source, op, field, kind)
					}
				}
			}
			t.Logf("%d statements", fields)
			known.unused(t, source)
		})
	}
}

func readStatements(t *testing.T, file string) (all []statement) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var s statement
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, s)
	}
	return all
}

// template is an operation's name without the names of its path parameters. Sources choose those
// freely.
func template(name string) string {
	steps := strings.Split(strings.TrimSuffix(name, "/"), "/")
	for i, s := range steps {
		if strings.HasPrefix(s, "{") {
			steps[i] = "{}"
		}
	}
	return strings.Join(steps, "/")
}

func byTemplate(ops map[string]*rawspec.Operation) map[string]*rawspec.Operation {
	found := map[string]*rawspec.Operation{}
	for name, op := range ops {
		if found[template(name)] == nil || op.Alias == nil {
			found[template(name)] = op
		}
	}
	return found
}

// contradictions lists the kinds of differences between the description and the statement.
func contradictions(op *rawspec.Operation, s statement) []string {
	switch {
	case op == nil:
		return []string{"operation"}
	case s.Kind == "op" || s.In == "path" || s.In == "header" || s.Field == "":
		return nil
	}
	at, required, ok := locate(op, s)
	if !ok {
		if parent := parentOf(s.Field); parent != "" {
			s.Field = parent
			if _, _, ok := locate(op, s); !ok {
				return nil // only the parent counts as missing
			}
		}
		return []string{"missing"}
	}
	return append(judge(at, s), judgeRequired(required, s)...)
}

// parentOf is the path of the field around a field; "" at the top.
func parentOf(field string) string {
	if array, ok := strings.CutSuffix(field, "[]"); ok {
		return array
	}
	return field[:max(strings.LastIndex(field, "."), 0)]
}

func judge(at rawspec.View, s statement) (kinds []string) {
	if !sameKind(at, s) {
		return []string{"type"}
	}
	value := at
	if at.Type() == "array" && s.Type == "array" {
		value = at.At("items")
	}
	ours := value.At("enum").Texts()
	for _, v := range s.Enum {
		if text, ok := v.(string); ok && !slices.Contains(ours, text) {
			kinds = append(kinds, "enum")
			break
		}
	}
	if s.Format == "date-time" && !at.At("format").Is("date-time") {
		kinds = append(kinds, "format")
	}
	if s.Sensitive && at.Type() == "string" && !at.Sensitive() {
		kinds = append(kinds, "sensitive")
	}
	if s.MaxLength != nil && s.Side == "request" && at.Type() == "string" && len(ours) == 0 &&
		!at.At("format").Exists() &&
		at.At("maxLength").Text() != fmt.Sprint(*s.MaxLength) {
		kinds = append(kinds, "length")
	}
	return kinds
}

func judgeRequired(required bool, s statement) []string {
	if s.Side != "request" || s.Required == nil || *s.Required == required ||
		strings.HasSuffix(s.Field, "[]") {
		return nil
	}
	if required {
		return []string{"required"} // the source does not require it
	}
	return []string{"optional"} // the source requires it
}

func sameKind(at rawspec.View, s statement) bool {
	ours, theirs := at.Type(), s.Type
	if theirs == "map" {
		theirs = "object"
	}
	if ours == "array" && theirs == "array" && s.Items != "" && s.Items != "map" &&
		at.At("items").Type() != "" {
		ours, theirs = at.At("items").Type(), s.Items
	}
	if theirs == "file" {
		return at.At("format").Is("binary")
	}
	number := func(kind string) bool { return kind == "integer" || kind == "number" }
	return theirs == "" || ours == theirs || ours == "" || number(ours) && number(theirs)
}

// locate finds the schema of a field, and whether the field is required.
func locate(op *rawspec.Operation, s statement) (at rawspec.View, required, ok bool) {
	if s.Side == "response" {
		_, _, schema := op.Reply()
		return descend(schema, s.Field)
	}
	name, rest, _ := strings.Cut(s.Field, ".")
	if p := op.Parameter("query", strings.TrimSuffix(name, "[]")); p.Exists() &&
		s.Side == "request" {
		if rest == "" && !strings.HasSuffix(name, "[]") {
			return p.At("schema"), p.At("required").Is("true"), true
		}
		return descend(p.At("schema"),
			strings.TrimPrefix(strings.TrimPrefix(s.Field, strings.TrimSuffix(name, "[]")), "."))
	}
	for _, in := range []string{"path", "header"} {
		if p := op.Parameter(in, name); p.Exists() && s.Side == "request" {
			return p.At("schema"), p.At("required").Is("true"), true
		}
	}
	if op.Content == "multipart/form-data" {
		if at, required, ok := descend(op.Schema.At("properties", "meta"), s.Field); ok {
			return at, required, ok
		}
	}
	return descend(op.Schema, s.Field)
}

func descend(v rawspec.View, path string) (at rawspec.View, required, ok bool) {
	at = v
	for _, step := range strings.Split(strings.ReplaceAll(path, "[]", ".[]"), ".") {
		if inside := at.At("contentSchema"); inside.Exists() {
			at = inside
		}
		switch {
		case step == "":
		case step == "[]":
			at, required = at.At("items"), false
		case step == "{}":
			at, required = at.At("additionalProperties"), false
		default:
			name, isMap := strings.CutSuffix(step, "{}")
			required = slices.Contains(at.At("required").Texts(), name)
			if at = at.At("properties", name); isMap {
				at = at.At("additionalProperties")
			}
		}
		if !at.Exists() {
			return at, false, false
		}
	}
	return at, required, true
}
