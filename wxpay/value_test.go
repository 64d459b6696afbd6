package wxpay_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// aMoment is the time that the texts of TestTimeRead name.
var aMoment = time.Date(2026, 11, 22, 2, 34, 56, 0, time.UTC)

func TestTimeRead(t *testing.T) {
	for _, text := range []string{
		"2026-11-22T10:34:56+08:00", "2026-11-22T02:34:56Z", "2026-11-22T10:34:56+0800",
		"2026-11-22T10:34:56.000+08:00",
		"2026-11-22T10:34:56", "2026-11-22 10:34:56", "20261122103456",
		"2026-11-22t10:34:56+08:00", "2026-11-22t02:34:56z", "2026-11-22T02:34:56z",
		"2026-11-22 10:34:56+08:00", "2026-11-22 02:34:56Z", "2026-11-22 02:34:56z",
		"2026-11-22T02:34:56-00:00", "2026-11-22T02:34:56+00:00", "2026-11-21T22:04:56-04:30",
		"2026-11-22 10:34:56.000000000000+08:00", "2026-11-22t02:34:56.0z",
		"2026-11-22 10:34:56.0", "2026-11-22t10:34:56", "2026-11-22 10:34:56+0800",
	} {
		var got wxpay.Time
		if err := json.Unmarshal([]byte(`"`+text+`"`), &got); err != nil || !got.Equal(aMoment) {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{`null`, `""`} {
		got := wxpay.NewTime(aMoment)
		if err := json.Unmarshal([]byte(text), &got); err != nil || !got.IsZero() {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	var fromText wxpay.Time
	if err := fromText.UnmarshalText([]byte("2026-11-22T10:34:56+08:00")); err != nil ||
		!fromText.Equal(aMoment) {
		t.Error(err)
	}
}

func TestTimeReadOfOtherMoments(t *testing.T) {
	for text, want := range map[string]string{ // a leap second is read as the second after it
		"2016-12-31T23:59:60Z":         "2017-01-01T00:00:00Z",
		"2017-01-01 07:59:60.25+08:00": "2017-01-01T00:00:00.25Z",
		"2015-06-30t23:59:60z":         "2015-07-01T00:00:00Z",
		"1990-12-31T15:59:60-08:00":    "1991-01-01T00:00:00Z",
		"2017-01-01T07:59:60":          "2017-01-01T00:00:00Z",
		"2025-01-01T00:00+08:00":       "2024-12-31T16:00:00Z",
		"2025-01-01t00:00z":            "2025-01-01T00:00:00Z",
		"2025-01-01 08:00":             "2025-01-01T00:00:00Z",
		"2025-01-01T08:00+0800":        "2025-01-01T00:00:00Z",
		"2025-01-01":                   "2024-12-31T16:00:00Z", "20250101": "2024-12-31T16:00:00Z",
		"2026-11-22T02:34:56.1234567899z": "2026-11-22T02:34:56.123456789Z",
		"2026-11-22T02:34:56.5Z":          "2026-11-22T02:34:56.5Z",
	} {
		var got wxpay.Time
		if err := json.Unmarshal([]byte(`"`+text+`"`), &got); err != nil ||
			got.UTC().Format(time.RFC3339Nano) != want {
			t.Errorf("%s: %v, %v", text, got.UTC(), err)
		}
	}
}

func TestTimeRefused(t *testing.T) {
	for _, text := range []string{`"soon"`, `5`, `{}`, `[]`, `true`, `"2026-13-01T00:00:00Z"`,
		`"2026-11-22T02:34:60Z"`, `"2026-11-22T02:34:61Z"`, `"2026-11-22T23:59:60Z"`,
		`"2026-11-22T24:00:00Z"`, `"2026-02-29 00:00:00"`, `"2026-11-22  10:34:56"`,
		`"2026-11-22z10:34:56t"`, `"t"`, `" "`, `1795314896`} {
		var got wxpay.Time
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s was read as %v", text, got)
		}
	}
}

func TestTimeWritten(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	for _, c := range []struct {
		t    wxpay.Time
		want string
	}{
		{wxpay.NewTime(aMoment.In(zone)), "2026-11-22T10:34:56+08:00"},
		{wxpay.NewTime(aMoment.Add(987 * time.Millisecond)), "2026-11-22T02:34:56+00:00"},
		{wxpay.Time{}, ""},
	} {
		b, err := json.Marshal(c.t)
		text, _ := c.t.MarshalText()
		if err != nil || string(b) != `"`+c.want+`"` || c.t.String() != c.want ||
			string(text) != c.want {
			t.Errorf("%s, want %s", b, c.want)
		}
	}
	if b, err := json.Marshal(struct {
		T wxpay.Time `json:"t,omitzero"`
	}{}); err != nil || string(b) != "{}" {
		t.Errorf("%s, %v", b, err)
	}
}

func TestQuery(t *testing.T) {
	var q gen.Query
	q.String("empty", "")
	q.String("s", "a b&=é")
	q.Int("i", -5)
	q.Float("f", 0.1)
	q.Bool("b", true)
	q.Time("t", wxpay.NewTime(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
	q.Strings("l", []string{"x", "y"})
	q.Ints("n", []int64{1, 2})
	q.OptString("os", "")
	q.OptInt("oi", nil)
	q.OptFloat("of", nil)
	q.OptBool("ob", nil)
	q.OptTime("ot", wxpay.Time{})
	q.OptSecret("ox", wxpay.Secret{})
	q.OptString("os", "v")
	q.OptInt("oi", new(int64(0)))
	q.OptFloat("of", new(1e21))
	q.OptBool("ob", new(false))
	q.OptTime("ot", wxpay.NewTime(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
	q.OptSecret("ox", wxpay.SealedSecret("a+/="))
	const want = "empty=&s=a%20b%26%3D%C3%A9&i=-5&f=0.1&b=true&" +
		"t=2026-01-02T03%3A04%3A05%2B00%3A00&l=x&l=y&n=1&n=2" +
		"&os=v&oi=0&of=1000000000000000000000&ob=false&ot=2026-01-02T03%3A04%3A05%2B00%3A00&" +
		"ox=a%2B%2F%3D"
	if got := q.Encoded(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	call := gen.Call{Name: "t.Query", Method: "GET", Path: "/v3/x"}
	call.Query.Secret("user_name", wxpay.NewSecret("x"))
	var s *wxpay.SealError
	if err := newClient(t, "http://127.0.0.1:1").Do(t.Context(), call, nil); !errors.As(err, &s) ||
		s.Field != "user_name" {
		t.Errorf("an unsealed parameter: %v", err)
	}
	if gen.FormatInt(-12) != "-12" {
		t.Error("FormatInt")
	}
}

type partnerJSON struct {
	Name wxpay.Secret `json:"name"`
	Raw  json.RawMessage
}

func (v partnerJSON) MarshalJSON() ([]byte, error) {
	type plain partnerJSON
	return gen.MarshalInString(plain(v))
}

func TestQueryOfJSON(t *testing.T) {
	var q gen.Query
	q.JSON("partner", partnerJSON{wxpay.SealedSecret("c2VhbGVk"), json.RawMessage(`[1]`)})
	if got, want := q.Encoded(),
		"partner=%7B%22name%22%3A%22c2VhbGVk%22%2C%22Raw%22%3A%5B1%5D%7D"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	client := offlineClient(t)
	var unsealed gen.Query
	unsealed.JSON("partner", partnerJSON{Name: wxpay.NewSecret("张三"), Raw: json.RawMessage(`1`)})
	var sealFault *wxpay.SealError
	if err := client.Do(t.Context(), gen.Call{Name: "a.B", Method: "GET", Path: "/v3/a",
		Query: unsealed}, nil); !errors.As(err, &sealFault) || sealFault.Field != "partner" {
		t.Errorf("unsealed: %v", err)
	}
	var malformed gen.Query
	malformed.JSON("partner", partnerJSON{Raw: json.RawMessage(`{`)})
	var invalid *wxpay.InvalidError
	if err := client.Do(t.Context(), gen.Call{Name: "a.B", Method: "GET", Path: "/v3/a",
		Query: malformed}, nil); !errors.As(err, &invalid) {
		t.Errorf("malformed: %v", err)
	}
}

func TestRequired(t *testing.T) {
	req := orderRequest{Details: []detail{{Name: "x"}, {}, {}}}
	err := req.Validate()
	var e *wxpay.InvalidError
	want := []string{"openid", "user_name", "amount.currency", "details[1].name", "details[2].name"}
	if !errors.As(err, &e) || !slices.Equal(e.Fields, want) || e.Operation != "test.Order" {
		t.Fatalf("got %v", err)
	}
	if err.Error() != "wxpay: test.Order: openid, user_name, amount.currency, details[1].name, "+
		"details[2].name: required but not set (wxpay.WithoutValidation sends it all the same)" {
		t.Error(err)
	}
	var deep gen.Required
	for range 40 {
		deep.Item("n", 3)
	}
	deep.Field("leaf", false)
	for range 39 {
		deep.Leave()
	}
	deep.Field("leaf", false)
	if err := deep.Err("x"); !errors.As(err, &e) || e.Fields[0] != strings.Repeat("n[3].", 40)+
		"leaf" || e.Fields[1] != "n[3].leaf" {
		t.Errorf("deep: %v", err)
	}
}

func TestWalkersDoNotAllocate(t *testing.T) {
	req := anOrder()
	if n := testing.AllocsPerRun(100, func() {
		if req.Validate() != nil {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("Validate: %v allocations", n)
	}
}

func TestErrorClasses(t *testing.T) {
	type classes struct{ retry, rate, auth, missing, bad, business, unknown bool }
	for _, c := range []struct {
		status int
		code   string
		want   classes
	}{
		{400, "PARAM_ERROR", classes{bad: true}},
		{400, "INVALID_REQUEST", classes{bad: true}},
		{400, "MCH_NOT_EXISTS", classes{bad: true}},
		{400, "ORDER_CLOSED", classes{business: true}},
		{400, "", classes{bad: true}},
		{401, "SIGN_ERROR", classes{auth: true}},
		{401, "", classes{auth: true}},
		{403, "NO_AUTH", classes{auth: true}},
		{403, "NOT_ENOUGH", classes{business: true}},
		{403, "OUT_TRADE_NO_USED", classes{business: true}},
		{403, "SOMETHING_NEW", classes{business: true}},
		{404, "ORDER_NOT_EXIST", classes{missing: true}},
		{404, "SOMETHING_NEW", classes{missing: true}},
		{404, "", classes{}},
		{429, "", classes{retry: true, rate: true}},
		{429, "FREQUENCY_LIMITED", classes{retry: true, rate: true}},
		{403, "FREQUENCY_LIMITED", classes{retry: true, rate: true}},
		{500, "SYSTEM_ERROR", classes{retry: true, unknown: true}},
		{400, "SYSTEM_ERROR", classes{retry: true}},
		{500, "BANK_ERROR", classes{retry: true, unknown: true}},
		{502, "", classes{retry: true, unknown: true}},
		{501, "", classes{unknown: true}},
		{302, "", classes{}},
	} {
		err := error(&wxpay.Error{StatusCode: c.status, Code: c.code})
		got := classes{
			errors.Is(err, wxpay.ErrRetryable), errors.Is(err, wxpay.ErrRateLimited),
			errors.Is(err, wxpay.ErrAuth),
			errors.Is(err, wxpay.ErrNotFound), errors.Is(err, wxpay.ErrBadRequest),
			errors.Is(err, wxpay.ErrBusiness),
			errors.Is(err, wxpay.ErrOutcomeUnknown),
		}
		if got != c.want {
			t.Errorf("%d %s: %+v, want %+v", c.status, c.code, got, c.want)
		}
	}
}

func TestErrorDetailInAnyShape(t *testing.T) {
	for body, want := range map[string]string{
		`{"code":"X","detail":[{"field":"/a","issue":"i","location":"body","value":5},{"field":"/b"}]}`: "/a 5",
		`{"code":"X","detail":{"field":"/a","value":{"x":1}}}`:                                          `/a {"x":1}`,
		`{"code":"X","detail":"text"}`:                                                                  " ",
		`{"code":"X","detail":null}`:                                                                    " ",
		`{"code":"X","detail":[]}`:                                                                      " ",
		`{"code":"X","message":5,"detail":[5]}`:                                                         " ",
	} {
		p := newPlatform(t, func(_ request, out *reply) {
			out.status, out.body = 400, []byte(body)
		})
		_, err := getOrder(t.Context(), p.client(), "1")
		var e *wxpay.Error
		if !errors.As(err, &e) || e.Code != "X" || e.Detail.Field+" "+
			e.Detail.Value.Reveal() != want {
			t.Errorf("%s: %+v", body, err)
		}
	}
}

// A server's text can neither forge a log line nor flood the log.
func TestErrorTextIsTamed(t *testing.T) {
	e := &wxpay.Error{Operation: "o", Method: "GET", Path: "/p", StatusCode: 400,
		Code: "A\r\nB\x1b[2J\u009b\u202e\u2028", Message: strings.Repeat("张", 1000)}
	text := e.Error()
	if strings.ContainsAny(text, "\r\n\x1b\u009b\u202e\u2028") || len(text) > 700 ||
		!strings.Contains(text, "…") || strings.ContainsRune(text, '\uFFFD') {
		t.Errorf("%d bytes: %.80q", len(text), text)
	}
}
