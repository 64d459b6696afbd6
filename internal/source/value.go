package source

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Data decodes an example: numbers are json.Number, objects map[string]any. It is nil for a missing
// node.
func Data(v Node) any {
	switch {
	case v.IsMap():
		object := make(map[string]any, v.Size())
		for k, value := range v.Entries() {
			object[k.Text()] = Data(value)
		}
		return object
	case v.IsList():
		list := make([]any, 0, v.Size())
		for _, item := range v.Items() {
			list = append(list, Data(item))
		}
		return list
	case v.IsScalar():
		return scalar(v)
	}
	return nil
}

func scalar(v Node) any {
	switch v.YAML.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return v.Text() == "true"
	case "!!int", "!!float":
		return Number(v.Text())
	}
	return v.Text()
}

// Number converts YAML's spellings of numbers to JSON's. Numbers that JSON cannot write remain
// text.
func Number(text string) any {
	if json.Valid([]byte(text)) {
		return json.Number(text)
	}
	if n, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 0, 64); err == nil {
		return json.Number(strconv.FormatInt(n, 10))
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		if b, err := json.Marshal(f); err == nil {
			return json.Number(b)
		}
	}
	return text
}

// Count returns the number at a key, 0 if there is none.
func Count(v Node, key string) int {
	n, _ := strconv.Atoi(v.Get(key).Text())
	return n
}
