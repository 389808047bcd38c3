// How the application is called, and what it does when the project starts and stops.
import { AppConfig } from "tsgo/apps";

export class {{ camel_case_app_name }}Config extends AppConfig {
  override verboseName = "{{ verbose_app_name }}";
}
