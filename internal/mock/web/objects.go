package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/notice"
	"github.com/wxgen/wxgen/internal/mock/product"
)

type objectList struct {
	Text, Kind string
	Kinds      []kindCount
	Rows       []*mock.Object
	More       bool
}

func (s *site) objects(r *http.Request) (answer, error) {
	q := r.URL.Query()
	list := objectList{Text: q.Get("text"), Kind: q.Get("kind")}
	kinds := s.Engine.Kinds()
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		list.Kinds = append(list.Kinds, kindCount{k, kinds[k]})
	}
	// the code of an order to be scanned also finds the order
	text := strings.TrimPrefix(list.Text, product.CodeStart)
	list.Rows = s.Engine.Latest(list.Kind, text, mostShown+1)
	if list.More = len(list.Rows) > mostShown; list.More {
		list.Rows = list.Rows[:mostShown]
	}
	return answer{View: "objects", Title: "Objects", Data: list}, nil
}

// objectView is the page of an object.
type objectView struct {
	*mock.Object
	Amount     string
	Fields     []byte
	QR         *square
	Requests   []*mock.Exchange
	Deliveries []*notice.Delivery
}

func (s *site) object(r *http.Request) (answer, error) {
	id, err := number(r)
	if err != nil {
		return answer{}, err
	}
	o := s.Engine.Object(id)
	if o == nil {
		return answer{}, missing("This object is unknown, or forgotten.")
	}
	v := objectView{Object: o, Amount: amount(o.Doc)}
	if v.Fields, err = json.Marshal(o.Doc); err != nil {
		return answer{}, err
	}
	if o.CodeURL != "" {
		v.QR = newSquare(o.CodeURL)
	}
	for _, x := range s.Engine.Exchanges(mock.Filter{}) {
		if x.Object == id {
			v.Requests = append(v.Requests, x)
		}
	}
	for _, d := range s.Engine.Deliveries() {
		if d.Object == id {
			v.Deliveries = append(v.Deliveries, d)
		}
	}
	return answer{View: "object", Title: o.Kind + " " + o.Number, Data: v}, nil
}

// amount is the amount of an object, in yuan; "" if it has none.
func amount(doc map[string]any) string {
	for _, at := range []string{"amount.refund", "amount.total", "transfer_amount",
		"total_amount"} {
		if _, ok := memory.At(doc, at).(json.Number); ok {
			return yuan(memory.Int(memory.At(doc, at)))
		}
	}
	parts, _ := doc["sub_orders"].([]any)
	total := int64(0)
	for _, part := range parts {
		order, _ := part.(map[string]any)
		total += memory.Int(memory.At(order, "amount.total_amount"))
	}
	if total > 0 {
		return yuan(total)
	}
	return ""
}

func yuan(fen int64) string {
	return strconv.FormatInt(fen/100, 10) + "." + strconv.FormatInt(fen%100/10, 10) +
		strconv.FormatInt(fen%10, 10)
}

// payView is an order as its payer sees it.
type payView struct {
	*mock.Object
	Amount   string
	Merchant string
	What     string
	Open     bool   // it can be paid
	Failed   string // the result of the last attempt to pay
	Back     string // the page to return to after H5 payment; "" for none
	QR       *square
}

func (s *site) pay(r *http.Request) (answer, error) {
	o := s.Engine.Numbered(r.PathValue("number"))
	if o == nil {
		return answer{}, missing("Nothing has this number. Place an order with it first.")
	}
	v := payView{Object: o, Amount: amount(o.Doc), What: o.Text("description"),
		Open: slices.Contains(o.Can, product.Pay), Merchant: o.Owner}
	if a, err := s.Engine.AccountByID(o.Owner); err == nil {
		v.Merchant = a.Name
	}
	if back := r.URL.Query().Get("redirect_url"); strings.HasPrefix(back, "https://") ||
		strings.HasPrefix(back, "http://") {
		v.Back = back
	}
	if n := len(o.History); v.Open && n > 0 && o.History[n-1].Exchange == 0 { // a person's act
		v.Failed = o.Text("trade_state_desc")
	}
	if o.CodeURL != "" {
		v.QR = newSquare(o.CodeURL)
	}
	return answer{View: "pay", Title: "Payment", Data: v}, nil
}
