package scaffold

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/route"
)

// Wanted is a new operation or notification. Its fields have the syntax of Field.
type Wanted struct {
	Method, Path string
	Event        string // the type of a notification; Method and Path are empty then
	Title        string
	Body         []string // fields of the JSON body, of an upload's JSON part, or of a notification
	Query        []string
	Reply        []string // fields of the response
	// paths of fields; unknown ones become fields of the body, or of the query without a body
	Sensitive []string
	Upload    bool // the body holds a file
	Download  bool // the response is a file
}

// Methods are the possible methods of an operation.
var Methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}

// serial is the header that names the key for sealed fields of a request.
const serial = "Wechatpay-Serial"

// Page returns the facts like a reference page. Its errors are for the command line's user.
func (w Wanted) Page() (*page.Page, error) {
	if err := w.fits(); err != nil {
		return nil, err
	}
	op := &page.Operation{Method: w.Method, Title: w.Title, File: w.Download,
		NoContent: len(w.Reply) == 0 && !w.Download}
	var err error
	for _, group := range []struct {
		rows   *[]*page.Row
		fields []string
	}{{&op.JSON, w.Body}, {&op.Query, w.Query}, {&op.Response, w.Reply}} {
		if *group.rows, err = fields(group.fields); err != nil {
			return nil, err
		}
	}
	op.PathParams = parameters(w.Path)
	if err := w.seal(op); err != nil {
		return nil, err
	}
	p := &page.Page{File: "the new operation", Path: w.Path, Event: w.Event,
		Operations: []*page.Operation{op}}
	if w.Event != "" {
		p.File, op.Method, op.Resource, op.JSON = "the new notification", "POST", op.JSON, nil
	}
	if w.Upload {
		op.Form, op.JSON = form(op.JSON), nil
	}
	return p, nil
}

// fits checks that the parts of the command line fit together.
func (w Wanted) fits() error {
	bodiless := w.Method == "GET"
	switch {
	case w.Event != "":
		return w.fitsEvent()
	case !slices.Contains(Methods, w.Method):
		return fmt.Errorf("unknown method %q; use %s", w.Method, strings.Join(Methods, ", "))
	case bodiless && len(w.Body) > 0:
		return fmt.Errorf("a GET has no body; name the fields with --query")
	case bodiless && w.Upload:
		return fmt.Errorf("a GET sends no file; use POST")
	case w.Download && len(w.Reply) > 0:
		return fmt.Errorf("a download has no fields; leave out --reply, or --download")
	}
	if what, mend := route.Fault(w.Path); what != "" {
		return fmt.Errorf("path %q %s; %s", w.Path, what, mend)
	}
	return nil
}

func (w Wanted) fitsEvent() error {
	switch {
	case !route.Event.MatchString(w.Event):
		return fmt.Errorf("%q is no type of a notification; write it as WeChat Pay sends it, "+
			"like TRANSACTION.SUCCESS", w.Event)
	case len(w.Query) > 0 || len(w.Reply) > 0 || w.Upload || w.Download:
		return fmt.Errorf("a notification takes only --body; name its fields there")
	case len(w.Body) == 0 && len(w.Sensitive) == 0:
		return fmt.Errorf("a notification has at least one field; name its fields with --body " +
			"out_trade_no,amount.total:integer")
	}
	return nil
}

// parameters are those of a path. They are always required.
func parameters(path string) (rows []*page.Row) {
	for segment := range strings.SplitSeq(path, "/") {
		if name, ok := route.Parameter(segment); ok {
			rows = append(rows, &page.Row{Name: name, Type: "string", Required: true})
		}
	}
	return rows
}

// form is the body of an upload: the signed JSON part, and the file.
func form(meta []*page.Row) []*page.Row {
	filled := []*page.Row{{Name: "filename", Type: "string", Required: true},
		{Name: "sha256", Type: "string", Required: true}}
	return []*page.Row{
		{Name: "meta", Type: "object", Required: true, Rows: append(filled, meta...)},
		{Name: "file", Type: "string", Required: true},
	}
}

// seal marks the sensitive fields.
func (w Wanted) seal(op *page.Operation) error {
	sealed := false
	for _, name := range w.Sensitive {
		row, sent := find(op.PathParams, name), true
		for _, rows := range [][]*page.Row{op.JSON, op.Query} {
			if row == nil {
				row = find(rows, name)
			}
		}
		if row == nil {
			row, sent = find(op.Response, name), false
		}
		if row == nil {
			to := &op.JSON
			if w.Method == "GET" || w.Method == "DELETE" {
				to = &op.Query
			}
			var err error
			if *to, err = add(*to, name); err != nil {
				return err
			}
			row, sent = find(*to, name), true
		}
		if row.Type != "string" || row.Format != "" {
			return fmt.Errorf("--sensitive %s: the field is %s, and what is encrypted is a "+
				"string; leave out its type", name, kind(row))
		}
		row.Encrypted = true
		sealed = sealed || sent
	}
	if sealed && w.Event == "" {
		op.Headers = append(op.Headers, &page.Row{Name: serial, Type: "string", Required: true})
	}
	return nil
}
