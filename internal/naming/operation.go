package naming

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// How operations get their names.
//
// The import chooses an operationId once, for a new operation, and writes it into the YAML. It
// never renames one. So a name may depend on the names in use when it was chosen, and a later
// operation must avoid them.
//
// A name is a verb and a noun from the path and the method:
//
//	POST   …/orders/{no}/close            CloseOrder            the noun before a verb
//	POST   …/receivers/add                AddReceiver
//	POST   …/{id}/apply-abnormal-refund   ApplyAbnormalRefund   one with a noun of its own
//	POST   …/transactions/jsapi           JSAPI                 a way to pay is known by its name
//	POST   …/pre-entrust-sign/app         PreEntrustSignApp     … after what is done with it
//	POST   …/transfer-bills               CreateTransferBill    a plain noun: POST creates one,
//	GET    …/transfer-bills               ListTransferBills     GET lists many
//	GET    …/tradebill                    GetTradeBill          or gets the only one,
//	PUT    …/stores/{id}                  UpdateStore           PUT and PATCH update,
//	DELETE …/stores/{id}                  DeleteStore           DELETE deletes
//	GET    …/file, answered by a stream   DownloadFile
//
// Parameters are not part of a name, with one exception: a literal that only names the number
// behind it (out-trade-no/{out_trade_no}) is a selector, and becomes part of the name:
// GetTransactionByOutTradeNo. Nouns are in the singular. Glued words (tradebill, returnorders) are
// taken apart.
//
// Within a service names are unique, and similar for similar things. If two resources have the same
// noun (…/transfer-bills and …/partner/transfer-bills), each drops from its context, the literals
// before the noun, the words that all contexts share. The resource without further words keeps the
// bare noun, for all its operations. The others put the nearest word that is theirs alone before
// the noun (CreatePartnerTransferBill, PartnerJSAPI), or all remaining words if there is no such
// word. Operations that still want the same name get By<Parameter>, then their whole context. If
// even that is taken, the name is method and path spelled out. Such a name is ugly, and people
// should write a better one.

// Operation holds the parts of the name that the rule proposes for an operation.
type Operation struct {
	verb       string   // "Create"; "" for a noun alone ("JSAPI", "PreOrderWithAuth")
	noun       string   // "TransferBill"
	Context    []string // literals before the resource, outermost first
	resource   string   // the resource in the spelling of its literal
	by         string   // "OutTradeNo", or "" without any parameter
	always     bool     // by is always part of the name
	Subject    string   // the singular noun of its resource, for naming types: "TransferBill"
	lastResort string   // method and path spelled out
}

func (n Operation) spell(context []string, by bool) string {
	name := n.noun
	for _, word := range slices.Backward(context) {
		name = join(Exported(singular(word)), name)
	}
	name = n.verb + name
	if (by || n.always) && n.by != "" {
		name += "By" + n.by
	}
	return name
}

// Propose derives the name from method and path. File says that the reply is a stream, upload that
// the request has one.
func Propose(method, path string, file, upload bool) Operation {
	_, rooted, _ := route.Split(path)
	segments := strings.Split(strings.Trim(rooted, "/"), "/")
	var literals []string // without selectors
	n := Operation{
		lastResort: Exported(append([]string{strings.ToLower(method)}, bare(segments)...)...),
	}
	endsInParam, selected := false, false
	for i, s := range segments {
		endsInParam = IsParam(s)
		switch {
		case IsParam(s):
			n.by = Exported(strings.Trim(s, "{}"))
			selected = i > 0 && selects(segments[i-1], s)
		case i+1 < len(segments) && selects(s, segments[i+1]) && i > 0:
		default:
			literals = append(literals, s)
		}
	}
	service, rest := literals[0], literals[1:]
	if len(rest) == 0 { // the service itself is the noun: its last word
		words := split(service)
		rest = words[len(words)-1:]
	}
	last := rest[len(rest)-1]
	rest = rest[:len(rest)-1]
	if !endsInParam && len(rest) > 0 && slices.Contains(selectors, last) { // …/elecsign/out-bill-no
		n.by, selected = Exported(last), true
		last, rest = rest[len(rest)-1], rest[:len(rest)-1]
	}
	n.always = selected && (endsInParam || !isAction(method, last))
	n.choose(method, last, service, rest, endsInParam)
	switch {
	case file && (n.verb == "Get" || n.verb == "List"):
		n.verb, n.noun = "Download", n.Subject
	case upload && n.verb == "Create":
		n.verb = "Upload"
	}
	if n.by == n.Subject+"ID" { // GetTransactionByID says it all
		n.by = "ID"
	}
	return n
}

// choose sets verb, noun, resource and context from the last literal and those before it.
func (n *Operation) choose(method, last, service string, rest []string, endsInParam bool) {
	words := split(last)
	n.Context, n.resource = rest, last
	action := isAction(method, last) && (!endsInParam || method == "GET")
	product := method == "POST" && !endsInParam && slices.Contains(products, last)
	if action || product { // the literal before it is the resource
		n.Context, n.resource = cutLast(rest, service)
	}
	switch {
	case product:
		n.noun = Exported(last)
		if len(rest) > 0 && isAction(method, n.resource) {
			n.noun = Exported(n.resource) + n.noun
			n.Context, n.resource = cutLast(n.Context, service)
		}
	case action && len(words) == 1:
		n.verb = Exported(verbOf(last))
		n.noun = Exported(singular(n.resource))
		n.Subject = n.noun
	case action && len(words) == 2 && words[1] == "upload":
		n.verb, n.noun = "Upload", Exported(words[0])
		n.Subject = n.noun
	case action:
		n.noun, n.Subject = Exported(words...), Exported(singular(n.resource))
	default:
		n.crud(method, Exported(singular(last)), Exported(words...), endsInParam)
	}
	n.resource = Exported(singular(n.resource))
	if product {
		n.Subject = n.resource
	}
}

// crud names the effect of a method on a plain resource.
func (n *Operation) crud(method, one, many string, endsInParam bool) {
	n.Subject, n.noun = one, one
	switch {
	case method == "GET" && !endsInParam && one != many:
		n.verb, n.noun = "List", many
	case method == "GET":
		n.verb = "Get"
	case method == "POST":
		n.verb = "Create"
	case method == "DELETE":
		n.verb = "Delete"
	default:
		n.verb = "Update"
	}
}

// cutLast cuts off the last literal, which is the resource. Without literals the resource is the
// service's last word.
func cutLast(literals []string, service string) (context []string, resource string) {
	if len(literals) == 0 {
		words := split(service)
		return nil, words[len(words)-1]
	}
	return literals[:len(literals)-1], literals[len(literals)-1]
}

// Operations names each of the fresh operations. InUse holds the names in use, with their
// operations.
func Operations(inUse map[string]Operation, fresh []Operation) []string {
	contexts := map[string][][]string{} // the contexts of each resource
	taken := map[string]bool{}
	note := func(n Operation) {
		same := func(c []string) bool { return slices.Equal(c, n.Context) }
		if !slices.ContainsFunc(contexts[n.resource], same) {
			contexts[n.resource] = append(contexts[n.resource], n.Context)
		}
	}
	for name, n := range inUse {
		taken[name] = true
		note(n)
	}
	want := make([]string, len(fresh))
	wanted := map[string]int{}
	for _, n := range fresh {
		note(n)
	}
	for i, n := range fresh {
		want[i] = n.spell(distinguishing(n.Context, contexts[n.resource]), false)
		wanted[want[i]]++
	}
	result := make([]string, len(fresh))
	for i, name := range want {
		if wanted[name] == 1 && !taken[name] {
			result[i], taken[name] = name, true
		}
	}
	for i, n := range fresh {
		if result[i] == "" {
			own := distinguishing(n.Context, contexts[n.resource])
			result[i] = n.other(want[i], own, taken, wanted)
			taken[result[i]] = true
		}
	}
	return result
}

// other finds a name for an operation if others want its first choice, too.
func (n Operation) other(want string, own []string, taken map[string]bool,
	wanted map[string]int) string {
	tries := []string{n.spell(own, true), n.spell(n.Context, false), n.spell(n.Context, true)}
	if n.verb == "" { // an action with a noun of its own: add the resource
		tries = append([]string{n.noun + n.resource}, tries...)
	}
	for _, t := range tries {
		if t != want && !taken[t] && wanted[t] == 0 {
			return t
		}
	}
	if !taken[want] {
		return want
	}
	return n.lastResort
}

// distinguishing returns the words that tell a context from all others: the nearest word that no
// other context has, or else all words that some contexts lack.
func distinguishing(context []string, all [][]string) []string {
	var left, unique []string
	for _, word := range context {
		have := 0
		for _, other := range all {
			if slices.Contains(other, word) {
				have++
			}
		}
		if have < len(all) {
			left = append(left, word)
		}
		if have == 1 && len(all) > 1 {
			unique = append(unique, word)
		}
	}
	if len(unique) > 0 {
		return unique[len(unique)-1:]
	}
	return left
}

func IsParam(segment string) bool { return strings.HasPrefix(segment, "{") }

// selects reports whether a literal only names the number in the parameter behind it:
// out-trade-no/{out_trade_no}.
func selects(literal, param string) bool {
	if !IsParam(param) || IsParam(literal) {
		return false
	}
	l, p := strings.ReplaceAll(literal, "-", "_"), strings.Trim(param, "{}")
	return l == p || strings.HasSuffix(p, "_"+l) || strings.HasSuffix(l, "_"+p)
}

// bare returns the segments as words without braces.
func bare(segments []string) []string {
	words := make([]string, len(segments))
	for i, s := range segments {
		words[i] = strings.Trim(s, "{}")
	}
	return words
}
