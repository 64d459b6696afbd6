package emit

import (
	"strings"

	"github.com/wxgen/wxgen/internal/model"
)

// verbDoc is the comment of the method that makes a call.
func verbDoc(op *model.Operation) string {
	title := sentence(op.Title)
	if title == "" {
		title = "sends " + op.Verb + " " + op.Path + "."
	}
	return join("\n//\n", comment(op.Method+" "+title, op.Doc, facts(op),
		audience(op.Tags, op.Roles, op.Updated)), errorList(op.Errors),
		comment(append(see(op.URLs), deprecation(op))...))
}

// facts describes what the signature does not show.
func facts(op *model.Operation) string {
	var all []string
	sealed, opened := sensitive(op), ""
	if op.Response != nil {
		opened = areAll(secretFields(op.Response))
	}
	switch {
	case sealed != "" && sealed == opened:
		all = append(all, sealed+" encrypted on the way out and decrypted in the response.")
	case sealed != "":
		all = append(all, sealed+" encrypted on the way out.")
	}
	if opened != "" && opened != sealed {
		all = append(all, opened+" decrypted in the response.")
	}
	if op.Download {
		all = append(all, "The file goes to dst as it comes in.")
	}
	if op.Unsigned && !op.Download {
		all = append(all, "The reply carries no signature.")
	}
	if op.Server != "" {
		all = append(all, "Served by "+op.Server+".")
	}
	if op.Idempotent && op.Verb != "GET" {
		all = append(all, "Safe to retry.")
	}
	return strings.Join(all, " ")
}

func sensitive(op *model.Operation) string {
	var names []string
	for _, p := range op.Node.Params {
		if p.Sensitive {
			names = append(names, p.Go)
		}
	}
	if op.Request != nil {
		names = append(names, secretFields(op.Request)...)
	}
	return areAll(names)
}

func deprecation(op *model.Operation) string {
	if !op.Deprecated {
		return ""
	}
	return deprecated
}
