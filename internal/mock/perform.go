package mock

import (
	"encoding/json"
	"encoding/pem"
	"net/http"
	"strconv"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/product"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// perform carries out an accepted request, and answers.
func (e *Engine) perform(r *http.Request, x *Exchange, report *judge.Report,
	msg *judge.Message) *Reply {
	if msg.Operation.Path == "/v3/certificates" {
		return e.certificates(report.Account)
	}
	call := &memory.Call{Message: msg, Owner: report.Account.ID, Now: e.clock.Now(), Exchange: x.ID,
		Invent: e.cfg.Invent}
	e.mu.Lock()
	defer e.mu.Unlock()
	answer := e.products.Serve(&product.Call{Call: call, Account: report.Account, URL: e.base(r)})
	if answer == nil {
		answer = e.recall(call)
	}
	if answer.Refusal != nil {
		report.Verdicts = append(report.Verdicts,
			judge.Verdict{Check: "state", Result: judge.Fail, Note: answer.Refusal.Message})
		report.Refusal = answer.Refusal
		return refusal(answer.Refusal)
	}
	report.Verdicts = append(report.Verdicts, judge.Verdict{Check: "state", Result: judge.Pass})
	if answer.Object != nil {
		x.Object = answer.Object.Serial
		e.log.tell(Change{"object", x.Object})
	}
	return e.reply(call, report.Account, answer, e.base(r))
}

// recall answers by the general rule.
func (e *Engine) recall(call *memory.Call) *product.Answer {
	found := e.store.Recall(e.ids, call)
	return &product.Answer{Object: found.Object, Given: found.Given, Refusal: found.Refusal}
}

// reply makes the described body, from known and made-up fields.
func (e *Engine) reply(call *memory.Call, account *keys.Account, answer *product.Answer,
	url string) *Reply {
	op := call.Operation
	switch {
	case op.ReplyKind == desc.File:
		return &Reply{Status: op.Status, Body: answer.File, Unsigned: true, Header: fileKind(op)}
	case op.Reply == nil:
		return &Reply{Status: op.Status, Unsigned: op.Unsigned}
	}
	seed := e.cfg.Seed + "/" + op.ID
	m := &sample.Maker{Seed: seed, Now: call.Now, Sparse: answer.Sparse,
		URL: func(name string) string {
			return e.products.Link(op, call, name, url)
		}}
	if answer.Object != nil {
		m.Seed += "/" + strconv.FormatInt(answer.Object.Serial, 10)
	}
	m.Echo = e.echo(call, account, answer.Object)
	var given any = answer.Given
	if answer.List != nil {
		given = answer.List
	}
	clear := m.Value(op.Reply, given)
	if e.cfg.Shape != nil {
		clear = e.cfg.Shape(op, clear)
	}
	object, _ := clear.(map[string]any)
	if answer.Object != nil && object != nil && !answer.Sparse {
		e.store.Learn(answer.Object, object)
	}
	sealed, err := sample.Seal(op.Reply, clear, func(text string) (string, error) {
		return keys.Seal(keys.Public(account.Key), text)
	})
	if err != nil {
		return broken(err)
	}
	reply := &Reply{Status: op.Status, Body: encoded(sealed), Unsigned: op.Unsigned}
	if op.Reply.Seals() {
		reply.Clear = encoded(clear)
	}
	return reply
}

// echo finds fields by their names: in the object, in the request, and in the account.
func (e *Engine) echo(call *memory.Call, account *keys.Account,
	o *memory.Object) func(at, name string, s *desc.Schema) (any, bool) {
	var known func(at, name string, s *desc.Schema) (any, bool)
	if o != nil {
		known = o.Echo()
	}
	said := memory.Leaves(call.Body)
	return func(at, name string, s *desc.Schema) (any, bool) {
		if known != nil {
			if v, ok := known(at, name, s); ok && sample.Fits(s, v) {
				return v, true
			}
		}
		if v, ok := said[name]; ok {
			return v, true
		}
		if v, ok := call.Args[name]; ok {
			return v, true
		}
		if v, ok := call.Query[name]; ok {
			if s.Type == "integer" || s.Type == "number" {
				return json.Number(v), true
			}
			return v, true
		}
		return whose(account, name)
	}
}

// whose are the fields about the caller.
func whose(a *keys.Account, name string) (any, bool) {
	switch name {
	case "mchid", "sp_mchid", "mch_id", "brand_id":
		if (name == "brand_id") == (a.Role == keys.Brand) {
			return a.ID, true
		}
	case "appid", "sp_appid":
		return a.AppID, true
	case "sub_mchid":
		if len(a.SubMchIDs) > 0 {
			return a.SubMchIDs[0], true
		}
	}
	return nil, false
}

// base is the URL of the server for links in replies.
func (e *Engine) base(r *http.Request) string {
	if e.cfg.URL != "" {
		return e.cfg.URL
	}
	return "http://" + r.Host
}

// certificates is the reply of /v3/certificates.
func (e *Engine) certificates(a *keys.Account) *Reply {
	var list []any
	for _, k := range e.cfg.Ring.Certificates() {
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: k.Certificate.Raw})
		box, err := keys.Box(a.APIv3Key, text, "certificate")
		if err != nil {
			return broken(err)
		}
		list = append(list, map[string]any{
			"serial_no": k.Serial, "effective_time": k.Certificate.NotBefore.Format(time.RFC3339),
			"expire_time": k.Certificate.NotAfter.Format(time.RFC3339), "encrypt_certificate": box,
		})
	}
	return &Reply{Status: http.StatusOK, Body: encoded(map[string]any{"data": list})}
}
