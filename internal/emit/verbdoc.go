package emit

import (
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
)

// doc is the comment of the method.
func (v *verb) doc() string {
	title := sentence(v.Title)
	if title == "" {
		title = "sends " + v.Verb + " " + v.Path + "."
	}
	return join("\n//\n", comment(v.Method+" "+title, v.Doc, v.facts(),
		audience(v.Tags, v.Roles, v.Updated)), errorList(v.Errors),
		comment(append(see(v.URLs), v.deprecation())...))
}

// facts says in words what the signature cannot.
func (v *verb) facts() string {
	var facts []string
	sealed, opened := v.sensitive(), ""
	if v.Response != nil {
		opened = areAll(secretFields(v.Response))
	}
	switch {
	case sealed != "" && sealed == opened:
		facts = append(facts, sealed+" encrypted on the way out and decrypted in the response.")
	case sealed != "":
		facts = append(facts, sealed+" encrypted on the way out.")
	}
	if opened != "" && opened != sealed {
		facts = append(facts, opened+" decrypted in the response.")
	}
	if v.Download {
		facts = append(facts, "The file goes to dst as it comes in.")
	}
	if v.Unsigned && !v.Download {
		facts = append(facts, "The reply carries no signature.")
	}
	if v.Server != "" {
		facts = append(facts, "Served by "+v.Server+".")
	}
	if v.Idempotent && v.Verb != "GET" {
		facts = append(facts, "Safe to retry.")
	}
	return strings.Join(facts, " ")
}

func (v *verb) sensitive() string {
	var names []string
	for _, p := range v.Node.Params {
		if p.Sensitive {
			names = append(names, p.Go)
		}
	}
	if v.Request != nil {
		names = append(names, secretFields(v.Request)...)
	}
	return areAll(names)
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

// see points at the official documents.
func see(urls []string) []string {
	if len(urls) == 0 {
		return nil
	}
	return []string{"See " + strings.Join(urls, "\nand ") + "."}
}

func (v *verb) deprecation() string {
	if !v.Deprecated {
		return ""
	}
	return deprecated
}
