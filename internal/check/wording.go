package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// kindOf describes a value in a message.
func kindOf(v source.Node) string {
	switch {
	case v.IsMap():
		return "a mapping"
	case v.IsList():
		return "a list"
	case !v.IsScalar():
		return "nothing"
	case v.YAML.Tag == "!!null":
		return "nothing"
	case v.IsString():
		return strconv.Quote(source.Clip(v.Text()))
	}
	return source.Clip(v.Text())
}

// article puts an article before a type.
func article(typ string) string {
	switch typ {
	case "":
		return "of any type"
	case "object", "array", "integer":
		return "an " + typ
	}
	return "a " + typ
}

// oneOf suggests the allowed word that a typo probably meant, or lists all.
func oneOf(word string, allowed []string) string {
	set := make(map[string]bool, len(allowed))
	for _, a := range allowed {
		set[a] = true
	}
	if near := spell.Suggest(word, set); near != "" {
		return near
	}
	last := len(allowed) - 1
	return "write " + strings.Join(allowed[:last], ", ") + " or " + allowed[last]
}

// few describes a value that should be a longer list.
func few(v source.Node) string {
	if v.IsList() {
		return fmt.Sprintf("of %d", v.Size())
	}
	return kindOf(v)
}
