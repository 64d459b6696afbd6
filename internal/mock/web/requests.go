package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/judge"
)

// requestRow is a line of the list of requests.
type requestRow struct {
	*mock.Exchange
	Failed string // check
}

type requestList struct {
	Text    string
	Refused bool
	Rows    []requestRow
	More    bool
}

func (s *site) requests(r *http.Request) (answer, error) {
	q := r.URL.Query()
	list := requestList{Text: q.Get("text"), Refused: q.Get("refused") != ""}
	for _, x := range s.Engine.Exchanges(mock.Filter{Text: list.Text, Refused: list.Refused,
		Most: mostShown + 1}) {
		list.Rows = append(list.Rows, requestRow{x, failed(x)})
	}
	if list.More = len(list.Rows) > mostShown; list.More {
		list.Rows = list.Rows[:mostShown]
	}
	return answer{View: "requests", Title: "Requests", Data: list}, nil
}

// failed is the failed check of a request; "" if there is none.
func failed(x *mock.Exchange) string {
	for _, v := range x.Verdicts {
		if v.Result == judge.Fail {
			return v.Check
		}
	}
	return ""
}

// requestView is the page of a request.
type requestView struct {
	*mock.Exchange
	Failed     string
	Signature  *comparison
	Curl, Go   string
	Chain      string
	Object     *mock.Object
	Prev, Next int64
	Sent       int // kept bytes of the signed body
}

func (s *site) request(r *http.Request) (answer, error) {
	id, err := number(r)
	if err != nil {
		return answer{}, err
	}
	x := s.Engine.Exchange(id)
	if x == nil {
		return answer{}, missing("This request is unknown, or forgotten: only the latest are kept.")
	}
	v := requestView{Exchange: x, Failed: failed(x), Signature: compare(x), Sent: len(x.Body)}
	c := s.command(x, "http://"+r.Host)
	v.Curl, v.Go, v.Chain = c.curl(), c.goCode(), s.chain(x.Method, x.Template)
	if x.Object != 0 {
		v.Object = s.Engine.Object(x.Object)
	}
	if s.Engine.Exchange(id-1) != nil {
		v.Prev = id - 1
	}
	if s.Engine.Exchange(id+1) != nil {
		v.Next = id + 1
	}
	return answer{View: "request", Title: x.Method + " " + bare(x.URI), Data: v}, nil
}

func bare(uri string) string {
	p, _, _ := strings.Cut(uri, "?")
	return strings.ToValidUTF8(p, "\uFFFD")
}

// replied redirects to the request with a Request-Id.
func (s *site) replied(r *http.Request) (answer, error) {
	id := r.URL.Query().Get("id")
	for _, x := range s.Engine.Exchanges(mock.Filter{}) {
		if id != "" && x.ReplyHeader.Get("Request-Id") == id {
			return answer{Goto: "/requests/" + decimal(x.ID)}, nil
		}
	}
	return answer{}, missing("No request that is remembered was answered with this Request-Id.")
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
