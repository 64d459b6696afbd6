package wxpaytest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Handle answers requests by a function. Template is that of the documentation,
// "/v3/pay/transactions/id/{transaction_id}". A literal segment goes before a parameter, and the
// last of equal templates wins.
func (s *Server) Handle(method, template string, respond func(*Request) Response) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.routes = append(s.routes, &route{method, strings.Split(template, "/"), respond})
}

// Reply answers requests with a JSON body, see [Response]; nil stands for 204.
func (s *Server) Reply(method, template string, body any) {
	s.Handle(method, template, func(*Request) Response { return Response{Body: body} })
}

// ReplyError answers requests with an error, as (404, "ORDER_NOT_EXIST", "订单不存在").
func (s *Server) ReplyError(method, template string, status int, code, message string) {
	body := map[string]string{"code": code, "message": message}
	s.Handle(method, template, func(*Request) Response {
		return Response{Status: status, Body: body}
	})
}

// ReplyFile answers requests with a file, which is not signed.
func (s *Server) ReplyFile(method, template string, content []byte) {
	s.Handle(method, template, func(*Request) Response {
		return Response{Body: content, Unsigned: true,
			Header: http.Header{"Content-Type": {"application/octet-stream"}}}
	})
}

// planned answers a request with a test's plan, and leaves other described operations to the
// engine.
func (s *Server) planned(in *mock.Received) (*mock.Reply, fault.Kind) {
	req := newRequest(in)
	s.unseal(req)
	if serial := req.Header.Get("Wechatpay-Serial"); req.sealed && serial != s.serial() {
		return s.made(refuse(http.StatusUnauthorized, "SIGN_ERROR",
			fmt.Sprintf("fields are sealed, and Wechatpay-Serial is %q; want %q", serial,
				s.serial())), "")
	}
	s.mu.Lock()
	s.requests = append(s.requests, req)
	found := s.find(req)
	s.mu.Unlock()
	var r Response
	switch {
	case found != nil:
		r = found.respond(req)
		s.check(in, req, r)
	case in.Match != nil:
		req.Template, req.Args = in.Match.Operation.Path, in.Match.Args
		kind := s.takeFault()
		if kind == fault.Unavailable {
			return s.made(Response{}, kind)
		}
		return nil, kind
	default:
		text := fmt.Sprintf("no reply planned for %s %s; plan one with Server.Reply", req.Method,
			req.Path)
		s.t.Errorf("wxpaytest: %s", text)
		r = refuse(http.StatusNotImplemented, "NO_REPLY_PLANNED", text)
	}
	return s.made(r, s.takeFault())
}

// made turns a response into a reply.
func (s *Server) made(r Response, kind fault.Kind) (*mock.Reply, fault.Kind) {
	body, err := encode(r.Body)
	if err != nil {
		s.t.Errorf("wxpaytest: reply does not encode as JSON: %v", err)
	}
	if kind == fault.Unavailable {
		html := http.Header{"Content-Type": {"text/html"}}
		return &mock.Reply{Status: http.StatusServiceUnavailable, Body: []byte("<html>503</html>"),
			Header: html, Unsigned: true}, ""
	}
	status := r.Status
	switch {
	case status == 0 && r.Body == nil:
		status = http.StatusNoContent
	case status == 0:
		status = http.StatusOK
	}
	return &mock.Reply{Status: status, Header: r.Header, Body: body, Unsigned: r.Unsigned}, kind
}

// check checks a planned reply and its request against the description.
func (s *Server) check(in *mock.Received, req *Request, r Response) {
	if !s.strict || in.Match == nil {
		return
	}
	name := in.Match.Operation.Name()
	if refused := s.engine.Validate(in); refused != nil {
		s.t.Errorf("wxpaytest: %s: the request is not as described: %s", name, refused.Message)
	}
	if r.Status >= http.StatusMultipleChoices || in.Match.Operation.ReplyKind != desc.JSON {
		return
	}
	body, err := encode(r.Body)
	if err == nil {
		err = conforms(in.Match.Operation.Reply, body)
	}
	if err != nil {
		s.t.Errorf("wxpaytest: %s: the planned reply is not as described: %v", name, err)
	}
}

// conforms checks JSON against a schema.
func conforms(schema *desc.Schema, body []byte) error {
	d := json.NewDecoder(strings.NewReader(string(body)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return err
	}
	if refused := judge.Conforms(schema, v); refused != nil {
		return fmt.Errorf("%s", refused.Message)
	}
	return nil
}

func refuse(status int, code, message string) Response {
	return Response{Status: status, Body: map[string]string{"code": code, "message": message}}
}

// find returns the best route and sets the request's parameters.
func (s *Server) find(req *Request) *route {
	var best *route
	path := strings.Split(req.escaped, "/")
	for _, r := range s.routes {
		if r.method == req.Method && r.match(path) && (best == nil || !best.literalBefore(r)) {
			best = r
		}
	}
	if best == nil {
		return nil
	}
	req.Template = strings.Join(best.parts, "/")
	for i, p := range best.parts {
		if name, ok := parameter(p); ok {
			req.Args[name], _ = url.PathUnescape(path[i])
		}
	}
	return best
}

// ciphertext matches base64 of 256 bytes, the ciphertext of a 2048 bit key.
var ciphertext = regexp.MustCompile(`[A-Za-z0-9+/]{342}==`)

// unseal replaces all ciphertext by clear text.
func (s *Server) unseal(req *Request) {
	req.Body = ciphertext.ReplaceAllFunc(req.Body, func(c []byte) []byte {
		clear, err := keys.Unseal(s.keys.platform, string(c))
		if err != nil {
			return c
		}
		req.sealed = true
		quoted, _ := json.Marshal(clear) // cannot fail for a string
		return quoted[1 : len(quoted)-1]
	})
	for _, values := range req.Query {
		for i, v := range values {
			if clear, err := keys.Unseal(s.keys.platform, v); err == nil {
				values[i], req.sealed = clear, true
			}
		}
	}
}
