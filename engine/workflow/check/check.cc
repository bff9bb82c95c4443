#include "workflow/check/check.h"

#include "workflow/check/parts.h"

namespace wenshu::workflow::check {

void check_workflow(const Definition& definition, const Known& known, Diagnostics& findings) {
  auto form = known.forms.find(definition.form.name);
  const Subject subject{definition, known, form == known.forms.end() ? nullptr : form->second,
                        edges_of(definition), findings};
  Diagnostics structure;
  check_structure({subject.flow, subject.known, subject.form, subject.edges, structure});
  findings.append(structure);
  check_people(subject);
  check_deadlines(subject);
  // Where steps are lost or branches tangled, the rest would speak of ways that are no ways.
  if (structure.has_errors()) return;
  check_guards(subject);
  check_returns(subject);
  check_papers(subject);
}

}  // namespace wenshu::workflow::check
