package model

// API is a whole description.
type API struct {
	Services []*Service // by name, those of v3 first
	Webhooks *Webhooks  // nil if the description has no notifications
}

// Service is everything below one first segment after /v3 or /brand. It becomes one Go package.
type Service struct {
	// "payroll-card", or "brand/marketing" for /brand/marketing: what flags and lists call it
	Name    string
	Space   string   // "v3", "brand": what its paths begin with
	Package string   // "payrollcard": the package's name and its folder below that of its space
	Method  string   // "PayrollCard": the method of the chain's root that leads here
	Title   string   // "微工卡"
	Doc     string   // further prose for the package's documentation; may be empty
	Sources []string // spec files it was read from, as "v3/payroll-card.yaml", sorted
	Root    *Node    // /v3/payroll-card
	Types   []*Type  // types of components/schemas in use, by name
}

// Operations returns the operations of the service, parents before children, by segment.
func (s *Service) Operations() []*Operation {
	var ops []*Operation
	var walk func(*Node)
	walk = func(n *Node) {
		ops = append(ops, n.Operations...)
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(s.Root)
	return ops
}
