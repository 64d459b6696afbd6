package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

type operationList struct {
	Text, Service string
	Services      []kindCount
	Rows          []desc.Entry
	More          bool
}

func (s *site) operations(r *http.Request) (answer, error) {
	q := r.URL.Query()
	list := operationList{Text: q.Get("text"), Service: q.Get("service")}
	counts := map[string]int{}
	for _, e := range s.Engine.Catalogue() {
		if counts[e.Service]++; counts[e.Service] == 1 {
			list.Services = append(list.Services, kindCount{Kind: e.Service})
		}
		if (list.Service != "" || list.Text != "") &&
			(list.Service == "" || e.Service == list.Service) && about(e, list.Text) {
			list.Rows = append(list.Rows, e)
		}
	}
	for i := range list.Services {
		list.Services[i].N = counts[list.Services[i].Kind]
	}
	if list.More = len(list.Rows) > mostShown; list.More {
		list.Rows = list.Rows[:mostShown]
	}
	return answer{View: "operations", Title: "Operations", Data: list}, nil
}

// about reports whether an operation's names contain all words of a text.
func about(e desc.Entry, text string) bool {
	names := strings.ToLower(e.Method + " " + e.Path + " " + e.ID + " " + e.Title)
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(text)), func(word string) bool {
		return !strings.Contains(names, word)
	})
}

// operationView is the form of an operation.
type operationView struct {
	*desc.Operation
	Account  *keys.Account
	Accounts []*keys.Account
	Params   []paramView
	Body     []byte // JSON
	Rows     int    // of the text field for Body
	Seals    bool
	Chain    string
	From     int64 // the request with these values; 0 for the example
}

type paramView struct {
	desc.Param
	Value string
}

func (s *site) operation(r *http.Request) (answer, error) {
	q := r.URL.Query()
	op, err := s.Engine.Operation(strings.ToUpper(q.Get("method")), q.Get("path"))
	if err != nil {
		return answer{}, err
	}
	if op == nil {
		return answer{}, missing("There is no such operation.")
	}
	v := operationView{Operation: op, Account: s.Engine.AccountFor(op),
		Accounts: s.Engine.Accounts(), Seals: op.Seals(), Chain: s.chain(op.Method, op.Path)}
	if a, err := s.Engine.AccountByID(q.Get("account")); err == nil {
		v.Account = a
	}
	if err := s.fill(&v, q.Get("from")); err != nil {
		return answer{}, err
	}
	v.Rows = min(24, 2+strings.Count(string(v.Body), "\n"))
	return answer{View: "operation", Title: op.Name(), Data: v}, nil
}

// fill fills the form with the values of an example or of a request.
func (s *site) fill(v *operationView, from string) (err error) {
	example := s.Engine.Example(v.Operation, v.Account)
	values := map[string]map[string]string{"path": example.Args, "query": example.Query,
		"header": example.Header}
	if example.Body != nil {
		if v.Body, err = json.MarshalIndent(example.Body, "", "  "); err != nil {
			return err
		}
	}
	id, _ := strconv.ParseInt(from, 10, 64) // other texts give no request
	if x := s.Engine.Exchange(id); x != nil && x.Template == v.Path && x.Method == v.Method {
		v.From = id
		values["path"], values["query"] = said(x)
		if clear := laidOut(x); clear != nil {
			v.Body = clear
		}
		if a, err := s.Engine.AccountByID(x.Account); err == nil {
			v.Account = a
		}
	}
	for _, p := range v.Operation.Params {
		if p.Name != "Wechatpay-Serial" {
			v.Params = append(v.Params, paramView{p, values[p.In][p.Name]})
		}
	}
	return nil
}

// said are the values in a request's path and query.
func said(x *mock.Exchange) (args, query map[string]string) {
	args, query = map[string]string{}, map[string]string{}
	path, rest, _ := strings.Cut(x.URI, "?")
	parts := strings.Split(path, "/")
	template := strings.Split(x.Template, "/")
	parts = parts[max(0, len(parts)-len(template)):] // without the prefix of a separate server
	for i, name := range template {
		if value, err := url.PathUnescape(parts[min(i, len(parts)-1)]); err == nil &&
			strings.HasPrefix(name, "{") {
			args[strings.Trim(name, "{}")] = value
		}
	}
	values, _ := url.ParseQuery(rest) // skips malformed parts
	for name := range values {
		query[name] = values.Get(name)
	}
	return args, query
}

// laidOut is the body of a request in clear, indented; nil if it is not JSON or incomplete.
func laidOut(x *mock.Exchange) []byte {
	text := x.Clear
	if text == nil {
		text = x.Body
	}
	if len(text) == 0 || len(text) >= mock.MaxKept || !json.Valid(text) {
		return nil
	}
	var b strings.Builder
	for _, s := range spans(text, nil) {
		b.WriteString(s.Text)
	}
	return []byte(b.String())
}
