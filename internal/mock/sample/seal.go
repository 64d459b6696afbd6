package sample

import (
	"encoding/json"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// Seal returns a copy of a value with its sensitive texts sealed.
func Seal(s *desc.Schema, v any, seal func(string) (string, error)) (any, error) {
	if s == nil || !s.Seals() {
		return v, nil
	}
	switch x := v.(type) {
	case string:
		return sealText(s, x, seal)
	case map[string]any:
		out := make(map[string]any, len(x))
		for name, item := range x {
			part := s.Extra
			if f := s.Field(name); f != nil {
				part = f.Schema
			}
			sealed, err := Seal(part, item, seal)
			if err != nil {
				return nil, err
			}
			out[name] = sealed
		}
		return out, nil
	case []any:
		out := make([]any, len(x))
		for i, item := range x {
			sealed, err := Seal(s.Items, item, seal)
			if err != nil {
				return nil, err
			}
			out[i] = sealed
		}
		return out, nil
	}
	return v, nil
}

func sealText(s *desc.Schema, text string, seal func(string) (string, error)) (any, error) {
	if s.Sensitive {
		return seal(text)
	}
	if s.Inside == nil {
		return text, nil
	}
	var inside any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if d.Decode(&inside) != nil {
		return text, nil
	}
	sealed, err := Seal(s.Inside, inside, seal)
	if err != nil {
		return nil, err
	}
	out, err := json.Marshal(sealed)
	return string(out), err
}
