package mock

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Header is in every response of the server, so that nobody mistakes it for the real one.
const Header, HeaderValue = "X-Wxgen-Mock", "test server; this is not WeChat Pay"

// MaxBody is the largest body of a request; WeChat Pay accepts files of 5 MB at most.
const MaxBody = 16 << 20

// serve answers a request of WeChat Pay.
func (e *Engine) serve(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	x := &Exchange{At: e.clock.Now(), Method: r.Method, URI: r.RequestURI, Header: r.Header.Clone()}
	rule := e.faults.Take(r.Method, r.URL.Path)
	if rule != nil {
		x.Fault = string(rule.Kind)
		if before(w, r, x, rule) {
			e.log.add(x, began)
			return
		}
	}
	x.ID = e.log.number()
	reply, report := e.answer(w, r, x, rule)
	e.write(w, r, x, reply, report, rule, began)
}

// answer checks a request and makes the reply.
func (e *Engine) answer(w http.ResponseWriter, r *http.Request, x *Exchange, rule *fault.Rule) (
	*Reply, *judge.Report) {
	req, refused := e.receive(w, r)
	if refused != nil {
		report := new(judge.Report)
		report.Verdicts = append(report.Verdicts,
			judge.Verdict{Check: "request", Result: judge.Fail, Note: refused.Message})
		return refusal(refused), report
	}
	x.request(req)
	match, methods, err := e.set.Find(r.Method, r.URL.EscapedPath())
	if err != nil {
		return broken(err), new(judge.Report)
	}
	if match == nil && e.cfg.Planned == nil {
		return e.unknown(r, methods)
	}
	if match != nil {
		x.operation(match.Operation)
	}
	report := e.judge.Authorize(req)
	if report.Refusal != nil {
		return refusal(report.Refusal), report
	}
	if e.cfg.Planned != nil {
		reply, spoil := e.cfg.Planned(&Received{req, r, report.Account, match})
		x.spoil = spoil
		if reply != nil {
			return reply, report
		}
	}
	if match == nil {
		reply, _ := e.unknown(r, methods)
		return reply, report
	}
	msg := e.judge.Validate(report, req, match)
	x.Clear = msg.Clear
	if report.Refusal != nil {
		return refusal(report.Refusal), report
	}
	if rule != nil {
		if failed := spoilt(rule); failed != nil { // a failed request has no effect
			return refusal(failed), report
		}
	}
	return e.perform(r, x, report, msg), report
}

// receive reads a whole request.
func (e *Engine) receive(w http.ResponseWriter, r *http.Request) (*judge.Request, *refuse.Error) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if err != nil {
		if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
			return nil, refuse.State(413, "PARAM_ERROR", refuse.NumberIllegal, "请求体超过%d字节", MaxBody)
		}
		return nil, refuse.State(400, "PARAM_ERROR", refuse.NumberIllegal, "请求体不完整")
	}
	req := &judge.Request{Method: r.Method, URI: r.RequestURI, Header: r.Header, Raw: raw}
	var issue string
	if req.Body, req.File, issue = judge.Split(r.Header, raw); issue != "" {
		return nil, refuse.Param("body", "", "", issue, "上传文件的请求体格式错误")
	}
	return req, nil
}

// unknown is the reply for a path, or a method of it, that is not described.
func (e *Engine) unknown(r *http.Request, methods []string) (*Reply, *judge.Report) {
	report := new(judge.Report)
	refused := refuse.State(404, "NOT_FOUND", refuse.NumberUnknown, "请求的接口不存在")
	if len(methods) > 0 {
		refused = refuse.State(405, "METHOD_NOT_ALLOWED", refuse.NumberUnknown,
			"不支持的HTTP方法%s，该接口支持%s", r.Method, strings.Join(methods, "、"))
	} else if near := e.set.Nearest(r.Method, r.URL.EscapedPath()); near != nil {
		refused.Message += fmt.Sprintf("，最接近的是 %s %s（%s）", near.Method, near.Prefix+near.Path,
			near.Title)
	}
	report.Verdicts = append(report.Verdicts,
		judge.Verdict{Check: "interface", Result: judge.Fail, Note: refused.Message})
	report.Refusal = refused
	reply := refusal(refused)
	if len(methods) > 0 {
		reply.Header = http.Header{"Allow": {strings.Join(methods, ", ")}}
	}
	return reply, report
}

// Validate checks a request with a planned reply against the description; nil if it is as described
// or not described.
func (e *Engine) Validate(r *Received) *refuse.Error {
	if r.Match == nil {
		return nil
	}
	report := &judge.Report{Account: r.Account}
	e.judge.Validate(report, r.Request, r.Match)
	return report.Refusal
}

// ServeHTTP serves WeChat Pay's paths and the pages.
func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(Header, HeaderValue)
	if path := r.URL.EscapedPath(); !ours(path) && e.cfg.Pages != nil {
		e.cfg.Pages.ServeHTTP(w, r)
		return
	}
	e.serve(w, r)
}

// ours reports whether a path is WeChat Pay's.
func ours(path string) bool {
	for _, start := range []string{"/v3/", "/brand/", "/hk/v3/", "/global/v3/"} {
		if strings.HasPrefix(path, start) {
			return true
		}
	}
	return false
}
