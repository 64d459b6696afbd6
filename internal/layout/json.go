package layout

import (
	"bytes"
	"encoding/json"

	yaml "go.yaml.in/yaml/v4"
)

// FromJSON converts JSON to nodes. Members keep the order of the text.
func FromJSON(raw json.RawMessage) (*yaml.Node, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return jsonValue(d)
}

func jsonValue(d *json.Decoder) (*yaml.Node, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch v := t.(type) {
	case json.Delim:
		return jsonItems(d, v == '{')
	case string:
		return String(v), nil
	case json.Number:
		return Number(v.String()), nil
	case bool:
		return Bool(v), nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
}

func jsonItems(d *json.Decoder, isObject bool) (*yaml.Node, error) {
	n := List()
	if isObject {
		n = Object()
	}
	for d.More() { // keys of an object are values, too
		v, err := jsonValue(d)
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, v)
	}
	_, err := d.Token()
	return n, err
}
