package wxpay_test

import (
	"context"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// The types below look like generated ones.

type orderRequest struct {
	OpenID  string         `json:"openid"`
	Name    wxpay.Secret   `json:"user_name"`
	Amount  amount         `json:"amount"`
	Details []detail       `json:"details,omitzero"`
	Phones  []wxpay.Secret `json:"phones,omitzero"`
	Contact *detail        `json:"contact,omitzero"`
	Expire  wxpay.Time     `json:"time_expire,omitzero"`
	Note    string         `json:"note,omitzero"`
}

type amount struct {
	Total    int64  `json:"total"`
	Currency string `json:"currency"`
}

type detail struct {
	Name  string       `json:"name"`
	Phone wxpay.Secret `json:"phone,omitzero"`
}

func (r orderRequest) Validate() error {
	var need gen.Required
	r.check(&need)
	return need.Err("test.Order")
}

func (r *orderRequest) check(need *gen.Required) {
	need.Field("openid", r.OpenID != "")
	need.Field("user_name", !r.Name.IsZero())
	need.Enter("amount")
	need.Field("currency", r.Amount.Currency != "")
	need.Leave()
	for i := range r.Details {
		need.Item("details", i)
		need.Field("name", r.Details[i].Name != "")
		need.Leave()
	}
}

func (r *orderRequest) secrets(s *gen.Secrets) {
	s.Field("user_name", &r.Name)
	r.Details = append([]detail(nil), r.Details...)
	for i := range r.Details {
		s.Item("details", i)
		s.Field("phone", &r.Details[i].Phone)
		s.Leave()
	}
	r.Phones = append([]wxpay.Secret(nil), r.Phones...)
	for i := range r.Phones {
		s.Element("phones", i, &r.Phones[i])
	}
	if r.Contact != nil {
		v := *r.Contact
		r.Contact = &v
		s.Enter("contact")
		s.Field("phone", &r.Contact.Phone)
		s.Leave()
	}
}

type orderResponse struct {
	ID      string       `json:"id,omitzero"`
	Name    wxpay.Secret `json:"user_name,omitzero"`
	Amount  amount       `json:"amount,omitzero"`
	Details []detail     `json:"details,omitzero"`
	Created wxpay.Time   `json:"create_time,omitzero"`
	Paid    bool         `json:"paid,omitzero"`
}

func (r *orderResponse) secrets(s *gen.Secrets) {
	s.Field("user_name", &r.Name)
	for i := range r.Details {
		s.Item("details", i)
		s.Field("phone", &r.Details[i].Phone)
		s.Leave()
	}
}

func postOrder(ctx context.Context, c *wxpay.Client, req orderRequest,
	opts ...wxpay.CallOption) (*orderResponse, error) {
	if err := c.Checked(req.Validate(), opts...); err != nil {
		return nil, err
	}
	call := gen.Call{Name: "test.Order", Method: "POST", Path: "/v3/test/orders"}
	if err := c.Seal(&call, req.secrets, opts...); err != nil {
		return nil, err
	}
	call.Body = &req
	resp := new(orderResponse)
	call.Open = resp.secrets
	return resp, c.Do(ctx, call, resp, opts...)
}

func getOrder(ctx context.Context, c *wxpay.Client, no string,
	opts ...wxpay.CallOption) (*orderResponse, error) {
	call := gen.Call{Name: "test.GetOrder", Method: "GET", Path: "/v3/test/orders/{out_trade_no}",
		Args: []string{no}}
	call.Query.String("mchid", mchID)
	resp := new(orderResponse)
	call.Open = resp.secrets
	return resp, c.Do(ctx, call, resp, opts...)
}

func anOrder() orderRequest {
	return orderRequest{
		OpenID: "o-1", Name: wxpay.NewSecret(aName), Amount: amount{Total: 100, Currency: "CNY"},
		Note:    "a<b>&c",
		Details: []detail{{Name: "one"}, {Name: "two", Phone: wxpay.NewSecret(aPhone)}},
		Phones:  []wxpay.Secret{wxpay.NewSecret(aPhone)},
		Contact: &detail{Name: "three", Phone: wxpay.NewSecret(aPhone)},
	}
}
