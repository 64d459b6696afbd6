package emit

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
)

// audience names the products and callers of an operation or notification, and the age of its
// description.
func audience(tags, roles []string, updated string) string {
	var parts []string
	if len(tags) > 0 {
		parts = append(parts, "of "+list(tags))
	}
	if len(roles) > 0 {
		plural := make([]string, len(roles))
		for i, role := range roles {
			plural[i] = role + "s"
		}
		parts = append(parts, "for "+list(plural))
	}
	if updated != "" {
		parts = append(parts, "last changed on "+updated)
	}
	if len(parts) == 0 {
		return ""
	}
	text := strings.Join(parts, ", ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// errorList lists the error codes of an operation, in gofmt's layout.
func errorList(codes []*model.ErrorCode) string {
	if len(codes) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("// Errors:")
	for _, e := range codes {
		line := oneLine(fmt.Sprintf("%d %s %s", e.Status, e.Code, e.Label))
		b.WriteString("\n//   - " + strings.Join(wrap(line, proseWidth-len("//   - ")),
			"\n//     "))
	}
	return b.String()
}

func areAll(names []string) string {
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0] + " is"
	case n > 6:
		return "All " + strconv.Itoa(n) + " fields of type [wxpay.Secret] are"
	}
	return list(names) + " are"
}

// secretFields names the sensitive fields below a type, "Receivers.Name".
func secretFields(t *model.Type) []string {
	var names []string
	var walk func(prefix string, t *model.Type, above []*model.Type)
	walk = func(prefix string, t *model.Type, above []*model.Type) {
		for _, a := range above {
			if a == t {
				return
			}
		}
		above = append(above, t)
		if t.Elem != nil && t.Elem.Named() != nil {
			walk(prefix, t.Elem.Named(), above)
		}
		for _, f := range t.Fields {
			if f.Sensitive {
				names = append(names, prefix+f.Go)
			} else if below := f.Type.Named(); below != nil && below.Secrets {
				walk(prefix+f.Go+".", below, above)
			}
		}
	}
	walk("", t, nil)
	return names
}

// see refers to the official documents.
func see(urls []string) []string {
	if len(urls) == 0 {
		return nil
	}
	return []string{"See " + strings.Join(urls, "\nand ") + "."}
}
