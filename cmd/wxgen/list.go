package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
)

func newList() *cobra.Command {
	l := new(lister)
	c := &cobra.Command{
		Use:   "list [word...]",
		Short: "Find operations and notifications",
		Long: `List prints one operation per line: method, path, service, operationId and title, with tabs between them. Words select
the operations whose title has all of them, and --role those that such a merchant may call, as far as the description
tells. A path whose parameter has two names is a line for each.

With --webhooks it prints the notifications instead: EVENT, event type, family, name in Go and title.`,
		Example: `  wxgen list 退款
  wxgen list --service pay --json
  wxgen list --path '/v3/pay/**'
  wxgen list --role partner
  wxgen list --webhooks`,
		RunE: func(c *cobra.Command, words []string) error { return l.list(c, words) },
	}
	l.flags(c)
	c.Flags().StringSliceVar(&l.services, "service", nil, "only this `service` (with --webhooks: family); can be repeated")
	c.Flags().StringSliceVar(&l.include, "path", nil, "only paths like this `pattern`: * is a part of a segment, ** any number of segments")
	c.Flags().StringVar(&l.role, "role", "", "only what is for this `role`: "+strings.Join(load.Roles, ", "))
	c.Flags().BoolVar(&l.webhooks, "webhooks", false, "list the notifications")
	c.Flags().BoolVar(&l.json, "json", false, "print everything known of each, as JSON")
	c.MarkFlagsMutuallyExclusive("path", "webhooks")
	return c
}

// lister is the verb list.
type lister struct {
	description
	services []string
	role     string
	webhooks bool
	json     bool
}

func (l *lister) list(c *cobra.Command, words []string) error {
	for _, pattern := range l.include {
		if !strings.HasPrefix(pattern, "/") {
			return fmt.Errorf("--path %q begins with no slash; write a pattern like /v3/pay/**", pattern)
		}
	}
	if c.Flags().Changed("role") && !slices.Contains(load.Roles, l.role) {
		return fmt.Errorf("no role %q; write one of %s", l.role, strings.Join(load.Roles, ", "))
	}
	progress := newProgress(c.ErrOrStderr())
	api, err := l.read(progress)
	progress.stop()
	if err != nil {
		return err
	}
	if l.webhooks {
		return l.listEvents(c, api, words)
	}
	return l.listOperations(c, api, words)
}

// wanted reports whether a line passes the filters.
func (l *lister) wanted(service, title string, roles, words []string) bool {
	if len(l.services) > 0 && !slices.Contains(l.services, service) || l.role != "" && !slices.Contains(roles, l.role) {
		return false
	}
	title = strings.ToLower(title)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(title, strings.ToLower(w)) })
}

// print writes a line of tab-separated columns for each item, or all as JSON.
func (l *lister) print(c *cobra.Command, items any, lines [][]string) (err error) {
	w := bufio.NewWriter(c.OutOrStdout())
	if l.json {
		err = writeJSON(w, items)
	} else {
		for _, columns := range lines {
			for i, column := range columns {
				columns[i] = strings.Join(strings.Fields(column), " ") // a title with a line end must not make two lines
			}
			fmt.Fprintln(w, strings.Join(columns, "\t"))
		}
	}
	if flush := w.Flush(); err == nil {
		err = flush
	}
	return err
}

// operation is one line of the list, and an object of its JSON.
type operation struct {
	Method      string   `json:"method"`
	Path        string   `json:"path"`
	Service     string   `json:"service"`
	OperationID string   `json:"operationId"`
	Title       string   `json:"title"`
	Doc         string   `json:"description,omitzero"`
	URLs        []string `json:"docs,omitzero"`
	Tags        []string `json:"tags,omitzero"`     // products
	Roles       []string `json:"roles,omitzero"`    // who may call it
	Updated     string   `json:"updated,omitzero"`  // when WeChat Pay last changed it
	Go          string   `json:"go"`                // the chain from the client's root
	Request     string   `json:"request,omitzero"`  // Go type, "payrollcard.PreOrderWithAuthRequest"
	Response    string   `json:"response,omitzero"` // Go type
	Server      string   `json:"server,omitzero"`
	Idempotent  bool     `json:"idempotent"`
	Unsigned    bool     `json:"unsigned,omitzero"`
	Deprecated  bool     `json:"deprecated,omitzero"`
	Seals       bool     `json:"seals,omitzero"` // some request field is encrypted
	Opens       bool     `json:"opens,omitzero"` // some response field is
	Upload      bool     `json:"upload,omitzero"`
	Download    bool     `json:"download,omitzero"`
	AliasOf     string   `json:"aliasOf,omitzero"` // the path that this is another spelling of

	Errors   []errorCode `json:"errors,omitzero"`
	Position string      `json:"position"`
}

// errorCode is a reason for which an operation is refused.
type errorCode struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Label  string `json:"label,omitzero"`
}

func (l *lister) listOperations(c *cobra.Command, api *model.API, words []string) error {
	if err := l.known(api); err != nil {
		return err
	}
	items, lines := []operation{}, [][]string(nil)
	for _, s := range api.Services {
		for _, o := range serviceOperations(s) {
			if l.wanted(o.Service, o.Title, o.Roles, words) {
				items = append(items, o)
				lines = append(lines, []string{o.Method, o.Path, o.Service, o.OperationID, o.Title})
			}
		}
	}
	return l.print(c, items, lines)
}

// known refuses a service that is not there: a typo should not look like an empty answer.
func (l *lister) known(api *model.API) error {
	for _, name := range l.services {
		if len(l.include) == 0 && !slices.ContainsFunc(api.Services, func(s *model.Service) bool { return s.Name == name }) {
			return fmt.Errorf("no service %q in the description; a service is what follows /v3/ in a path, or brand/ and what follows /brand/", name)
		}
	}
	return nil
}

// serviceOperations lists the operations of a service, those of a doubled template once by each name.
func serviceOperations(s *model.Service) []operation {
	var all []operation
	var walk func(n *model.Node, spellings []spelling)
	walk = func(n *model.Node, spellings []spelling) {
		for _, o := range n.Operations {
			for _, sp := range spellings {
				all = append(all, newOperation(s, o, sp))
			}
		}
		for _, child := range n.Children {
			walk(child, extend(spellings, child))
		}
	}
	walk(s.Root, []spelling{{path: s.Root.Path, chain: route.Method(s.Space) + "()." + s.Method + "()"}})
	return all
}

// spelling is one way to write a path, and its chain.
type spelling struct {
	path, chain string
	alias       bool
}

// extend appends a node to each spelling: a parameter with two names doubles them.
func extend(spellings []spelling, n *model.Node) []spelling {
	var longer []spelling
	for _, sp := range spellings {
		if n.Param == nil {
			longer = append(longer, spelling{sp.path + "/" + n.Segment, sp.chain + "." + n.Method + "()", sp.alias})
			continue
		}
		for i, p := range append([]*model.Param{n.Param}, n.Aliases...) {
			longer = append(longer, spelling{sp.path + "/{" + p.Wire + "}", sp.chain + "." + p.Method + "(" + p.Go + ")", sp.alias || i > 0})
		}
	}
	return longer
}

func newOperation(s *model.Service, o *model.Operation, sp spelling) operation {
	out := operation{
		Method: o.Verb, Path: o.Path, Service: s.Name, OperationID: o.ID, Title: o.Title, Doc: o.Doc, URLs: o.URLs,
		Tags: o.Tags, Roles: o.Roles, Updated: o.Updated,
		Go: sp.chain + "." + o.Method, Request: typeName(s, o.Request), Response: typeName(s, o.Response), Server: o.Server,
		Idempotent: o.Idempotent, Unsigned: o.Unsigned, Deprecated: o.Deprecated, Seals: o.Seals, Opens: o.Opens,
		Upload: o.Upload != nil, Download: o.Download, Position: o.Pos,
	}
	for _, e := range o.Errors {
		out.Errors = append(out.Errors, errorCode(*e))
	}
	if sp.alias {
		out.Path, out.AliasOf = sp.path+strings.TrimPrefix(o.Path, strings.TrimSuffix(o.Path, "/")), o.Path
	}
	return out
}

func typeName(s *model.Service, t *model.Type) string {
	if t == nil {
		return ""
	}
	return s.Package + "." + t.Name
}

// event is one line of the list of notifications, and an object of its JSON.
type event struct {
	Type     string   `json:"eventType"`
	Family   string   `json:"family"`
	Go       string   `json:"go"` // the name that its Go types begin with
	Title    string   `json:"title"`
	Doc      string   `json:"description,omitzero"`
	URLs     []string `json:"docs,omitzero"`
	Tags     []string `json:"tags,omitzero"`
	Roles    []string `json:"roles,omitzero"`
	Updated  string   `json:"updated,omitzero"`
	Position string   `json:"position"`
}

func (l *lister) listEvents(c *cobra.Command, api *model.API, words []string) error {
	items, lines := []event{}, [][]string(nil)
	var events []*model.Event
	if api.Webhooks != nil {
		events = api.Webhooks.Events
	}
	for _, e := range events {
		if l.wanted(e.Family, e.Title, e.Roles, words) {
			items = append(items, event{e.Name, e.Family, e.Go, e.Title, e.Doc, e.URLs, e.Tags, e.Roles, e.Updated, e.Pos})
			lines = append(lines, []string{"EVENT", e.Name, e.Family, e.Go, e.Title})
		}
	}
	return l.print(c, items, lines)
}
