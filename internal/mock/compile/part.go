package compile

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/rawspec"
)

// label is a field's name in messages: the first words of its description.
func label(v rawspec.View) string {
	text, _, _ := strings.Cut(v.At("description").Text(), "\n")
	const most = 24
	if r := []rune(text); len(r) > most {
		text = string(r[:most])
	}
	return text
}

func encoded(v rawspec.View) (json.RawMessage, error) {
	value, err := v.Value()
	if err != nil || value == nil {
		return nil, err
	}
	return json.Marshal(value)
}

func choices(v rawspec.View) (out []desc.Choice) {
	for _, c := range v.Choices() {
		out = append(out, desc.Choice{Branches: c.Branches, Exactly: c.Exactly})
	}
	slices.SortFunc(out, func(a, b desc.Choice) int {
		return strings.Compare(a.String(), b.String())
	})
	return out
}
