package main

import (
	"bufio"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/index"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/spell"
)

func newList() *cobra.Command {
	l := &lister{description: description{allowTODO: true}}
	c := &cobra.Command{
		Use:   "list [word...]",
		Short: "Find operations and notifications",
		Long: `List prints one operation per line: method, path, service, operationId and title, with tabs between
them. With words as arguments it prints the operations and notifications that have all these words
in path, operationId, name in Go, event type or title. A path with values in it, such as
/v3/pay/transactions/id/42, finds its operation. --role selects the operations that such a merchant
may call, as far as the description says. A path whose parameter has two names takes two lines.

With --webhooks, list prints only notifications: EVENT, event type, family, name in Go and title.

Exit codes: 0 found; 1 nothing found; 2 wrong usage, or the description cannot be read.`,
		Example: `  wxgen list 退款
  wxgen list refund
  wxgen list PreOrderWithAuth
  wxgen list TRANSACTION.SUCCESS
  wxgen list --service pay --json
  wxgen list --path '/v3/pay/**'
  wxgen list --role partner
  wxgen list --webhooks`,
		RunE:              func(c *cobra.Command, words []string) error { return l.list(c, words) },
		ValidArgsFunction: complete(l.names),
	}
	l.layerFlags(c)
	c.Flags().StringSliceVar(&l.services, "service", nil,
		"only this `service` (with --webhooks: family); can be repeated")
	c.Flags().StringSliceVar(&l.include, "path", nil,
		"only paths like this `pattern`: * is a part of a segment, ** any number of segments")
	c.Flags().StringSliceVar(&l.roles, "role", nil, "only what this `role` may call: "+
		strings.Join(check.Roles, ", ")+"; can be repeated")
	c.Flags().BoolVar(&l.webhooks, "webhooks", false, "list the notifications")
	c.Flags().BoolVar(&l.json, "json", false, "print all facts about each, as JSON")
	c.MarkFlagsMutuallyExclusive("path", "webhooks")
	c.RegisterFlagCompletionFunc("service", complete(l.serviceNames))
	c.RegisterFlagCompletionFunc("path", complete(l.paths))
	choice(c, "role", check.Roles)
	return c
}

// lister is the verb list.
type lister struct {
	description
	services []string
	webhooks bool
	json     bool
	words    []string // in small letters
}

func (l *lister) list(c *cobra.Command, words []string) error {
	for _, pattern := range l.include {
		if !strings.HasPrefix(pattern, "/") {
			return fmt.Errorf("--path %q begins with no slash; write a pattern like /v3/pay/**",
				pattern)
		}
	}
	for _, role := range l.roles {
		if !slices.Contains(check.Roles, role) {
			return fmt.Errorf("no role %q; write one of %s", role, strings.Join(check.Roles, ", "))
		}
	}
	for _, w := range words {
		l.words = append(l.words, strings.ToLower(w))
	}
	progress := newProgress(c.ErrOrStderr())
	entries, err := l.entries(progress)
	progress.stop()
	if err == nil {
		err = l.known(entries)
	}
	if err != nil {
		return err
	}
	found := slices.DeleteFunc(slices.Clone(entries), func(e index.Entry) bool {
		return !l.wanted(e)
	})
	if l.json {
		err = l.printJSON(c, found)
	} else {
		err = printLines(c, found)
	}
	if err == nil && len(found) == 0 {
		return &failure{1, errors.New("nothing found" + didYouMean(nearWord(l.words, entries)))}
	}
	return err
}

// printJSON prints all facts about the found entries. It reads only their services.
func (l *lister) printJSON(c *cobra.Command, found []index.Entry) error {
	d := l.description
	d.include, d.roles = services(found, isOperation), nil
	if slices.ContainsFunc(found, func(e index.Entry) bool { return !isOperation(e) }) {
		d.include = append(d.include, "webhooks")
	}
	api := new(model.API)
	if len(found) > 0 {
		progress := newProgress(c.ErrOrStderr())
		var err error
		api, err = d.read(progress)
		progress.stop()
		if err != nil {
			return err
		}
	}
	return writeJSON(c.OutOrStdout(), items(api, l.wanted))
}

func printLines(c *cobra.Command, found []index.Entry) error {
	w := bufio.NewWriter(c.OutOrStdout())
	for _, e := range found {
		fmt.Fprintln(w, strings.Join([]string{e.Method, e.Path, e.Service, e.ID, e.Title}, "\t"))
	}
	return w.Flush()
}

// wanted reports whether an entry passes the filters. Notifications need words or --webhooks.
func (l *lister) wanted(e index.Entry) bool {
	event := !isOperation(e)
	switch {
	case l.webhooks != event && (l.webhooks || len(l.words) == 0 || len(l.include) > 0):
		return false
	case len(l.services) > 0 && !slices.Contains(l.services, e.Service):
		return false
	case len(l.roles) > 0 && !slices.ContainsFunc(l.roles, func(r string) bool {
		return slices.Contains(e.Roles, r)
	}):
		return false
	case len(l.include) > 0 && !slices.ContainsFunc(l.include, func(pattern string) bool {
		return load.Match(pattern, e.Path)
	}):
		return false
	}
	return !slices.ContainsFunc(l.words, func(w string) bool { return !e.Has(w) })
}

// serviceNames are the possible values of --service.
func (l *lister) serviceNames() []string {
	return services(l.listed(), func(e index.Entry) bool { return l.webhooks != isOperation(e) })
}

// known refuses an unknown service: a typo must not look like an empty answer.
func (l *lister) known(entries []index.Entry) error {
	all := services(entries, func(index.Entry) bool { return true })
	for _, name := range l.services {
		if slices.Contains(all, name) {
			continue
		}
		if near := spell.Nearest(name, all); near != "" {
			return fmt.Errorf("no service %q in the description%s", name, didYouMean(near))
		}
		if l.webhooks {
			return fmt.Errorf("no family %q of notifications in the description; wxgen list "+
				"--webhooks shows them in its third column", name)
		}
		return fmt.Errorf("no service %q in the description; a service is what follows /v3/ in a "+
			"path, or brand/ and what follows /brand/", name)
	}
	return nil
}

func didYouMean(name string) string {
	if name == "" {
		return ""
	}
	return "; did you mean " + name + "?"
}

// nearWord finds the word that was probably meant by one without a match.
func nearWord(words []string, entries []index.Entry) string {
	parts := map[string]bool{}
	for _, e := range entries {
		for _, part := range strings.FieldsFunc(e.Path+"/"+e.ID+"/"+e.Service, func(r rune) bool {
			return strings.ContainsRune("/-_{}", r)
		}) {
			parts[part] = true
		}
	}
	known := slices.Sorted(func(yield func(string) bool) {
		for part := range parts {
			if !yield(part) {
				return
			}
		}
	})
	for _, w := range words {
		if slices.ContainsFunc(entries, func(e index.Entry) bool { return e.Has(w) }) {
			continue
		}
		if near := spell.Nearest(w, known); near != "" {
			return near
		}
	}
	return ""
}
