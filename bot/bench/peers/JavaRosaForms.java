// The same form and answers through JavaRosa: java -cp ODK_Validate.jar JavaRosaForms.java form.xml answers.tsv
import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.data.AnswerDataFactory;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.UncastData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

public class JavaRosaForms {
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // the engine chats
    new XFormsModule().registerModule();
    PropertyManager.setPropertyManager(new org.opendatakit.validate.StubPropertyManager());
    Map<String, String> answers = new HashMap<>();
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      String[] parts = line.split("\t", 2);
      answers.put(parts[0], parts[1]);
    }
    long begun = System.nanoTime();
    FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(arguments[0]));
    form.initialize(true, new InstanceInitializationFactory());
    FormEntryController entry = new FormEntryController(new FormEntryModel(form));
    double load = (System.nanoTime() - begun) / 1e6;
    List<String> times = new ArrayList<>();
    int refused = 0;
    entry.jumpToIndex(FormIndex.createBeginningOfFormIndex());
    for (int event = entry.stepToNextEvent(); event != FormEntryController.EVENT_END_OF_FORM; event = entry.stepToNextEvent()) {
      if (event != FormEntryController.EVENT_QUESTION) continue;
      FormIndex index = entry.getModel().getFormIndex();
      String value = answers.get(index.getReference().toString(false));
      if (value == null) continue;
      IAnswerData data = data(entry.getModel().getQuestionPrompt(index), value);
      long start = System.nanoTime();
      if (entry.answerQuestion(index, data, true) != FormEntryController.ANSWER_OK) refused++;
      times.add(String.valueOf((System.nanoTime() - start) / 1e6));
    }
    out.printf("{\"load_ms\": %s, \"times_ms\": %s, \"refused\": %d}%n", load, times, refused);
  }

  private static IAnswerData data(FormEntryPrompt prompt, String value) {
    if (prompt.getControlType() == Constants.CONTROL_SELECT_ONE) return new SelectOneData(new Selection(value));
    if (prompt.getControlType() == Constants.CONTROL_SELECT_MULTI) {
      List<Selection> chosen = new ArrayList<>();
      for (String word : value.split(" ")) chosen.add(new Selection(word));
      return new MultipleItemsData(chosen);
    }
    return AnswerDataFactory.templateByDataType(prompt.getDataType()).cast(new UncastData(value));
  }
}
