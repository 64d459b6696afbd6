package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// m is a JSON object. It is written in the order of its keys.
type m = map[string]any

// draft is the version of JSON Schema that all editors read.
const draft = "http://json-schema.org/draft-07/schema#"

// printed is a schema as text.
func printed(root m) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(root); err != nil {
		// it consists of maps, lists and texts
		panic(fmt.Sprintf("wxgen: a bug: the schema is no JSON: %v", err))
	}
	return b.Bytes()
}

func ref(name string) string { return "#/definitions/" + name }

// words is the schema of a text with a few allowed values.
func words(of []string) m {
	if len(of) == 0 {
		return m{"type": "string"}
	}
	return m{"type": "string", "enum": of}
}
